"""Keys that find duplicate applications: employer without legal form, and posting keys by new rules."""

import sqlalchemy as sa

from alembic import op
from tracker.services.employers import employer_key
from tracker.services.postings import posting_key

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BATCH = 5000


def upgrade() -> None:
    op.add_column(
        "application", sa.Column("employer_key", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.execute("ALTER TABLE application NO FORCE ROW LEVEL SECURITY")
    update_keys()
    op.execute("ALTER TABLE application FORCE ROW LEVEL SECURITY")
    op.create_index(
        "ix_application_employer_key",
        "application",
        ["user_id", "employer_key"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_application_employer_key", "application")
    op.drop_column("application", "employer_key")


def update_keys() -> None:
    """Compute the keys of all applications, including deleted ones, which can be restored."""
    database = op.get_bind()
    query = sa.text("SELECT user_id, id, company, posting_url FROM application")
    update = sa.text(
        "UPDATE application SET employer_key = :employer_key, posting_key = :posting_key "
        "WHERE user_id = :user_id AND id = :id"
    )
    for rows in database.execute(query).partitions(BATCH):
        database.execute(
            update,
            [
                {
                    "user_id": row.user_id,
                    "id": row.id,
                    "employer_key": employer_key(row.company),
                    "posting_key": posting_key(row.posting_url),
                }
                for row in rows
            ],
        )
