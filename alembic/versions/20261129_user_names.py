"""Optional user names: the local account is no longer called You, and the prompt for a name can be skipped."""

import sqlalchemy as sa

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "preferences",
        sa.Column("name_skipped", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.execute("ALTER TABLE app_user NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE app_user SET name = '' WHERE issuer = 'local' AND name = 'You'")
    op.execute("ALTER TABLE app_user FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("ALTER TABLE app_user NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE app_user SET name = 'You' WHERE issuer = 'local' AND name = ''")
    op.execute("ALTER TABLE app_user FORCE ROW LEVEL SECURITY")
    op.drop_column("preferences", "name_skipped")
