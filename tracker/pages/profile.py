"""`/profile`: the user's profile, by position and by skill."""

import reflex as rx

from tracker.components.dialogs import opens
from tracker.components.navigation import Address
from tracker.components.optimistic_controls import exclusive_buttons
from tracker.components.palette import command
from tracker.components.profile_parts import add_bullet, bullet, head, position, position_dialog
from tracker.components.resume import import_button, import_dialog
from tracker.components.shell import shell, topbar
from tracker.shapes.profile_page import BulletItem, ProfilePage, SkillGroup
from tracker.state.profile import ProfileView


def profile() -> rx.Component:
    """The page in its frame."""
    page = ProfileView.shown
    return shell(
        rx.el.div(
            problem(),
            rx.cond(page, rx.fragment(incoming(page), whole(page)), bones()),
            class_name="page profile",
        ),
        import_dialog(),
        position_dialog(),
        Address.create(shown=ProfileView.address),
        here="Profile",
        topbar=topbar("Profile", view_switch(), import_button("push"), add_button("primary")),
        commands=[
            command("Add position", "plus", key="n", dialog="place"),
            command("Import a resume", "file-up", dialog="importing"),
            command("Edit the headline and languages", "pencil", on_click=ProfileView.write("head")),
            command("Show by position", "briefcase", on_click=ProfileView.group_by("position")),
            command("Show by skill", "tags", on_click=ProfileView.group_by("skill")),
        ],
    )


def view_switch() -> rx.Component:
    """By position or by skill."""
    return rx.el.div(
        *[
            rx.el.button(
                label,
                on_click=ProfileView.group_by(by),
                aria_pressed=(ProfileView.by == by).to_string(),
            )
            for by, label in (("position", "By position"), ("skill", "By skill"))
        ],
        class_name="switch",
        role="group",
        aria_label="Grouping",
        custom_attrs=exclusive_buttons(),
    )


def add_button(look: str) -> rx.Component:
    """A button that opens the dialog for a position."""
    return rx.el.button(
        rx.icon("plus", size=16),
        "Add position",
        class_name=look,
        custom_attrs={**opens("place"), "data-key": "n"},
    )


def problem() -> rx.Component:
    """The error of a refused file."""
    return rx.el.div(
        rx.cond(
            ProfileView.problem != "",
            rx.el.div(
                rx.el.strong("The file wasn't read. "),
                ProfileView.problem,
                class_name="warning",
                id="problem",
            ),
        ),
        role="alert",
    )


def incoming(page: rx.Var[ProfilePage]) -> rx.Component:
    """A note that a resume waits for review."""
    return rx.cond(
        page.incoming != "",
        rx.el.div(
            rx.match(
                page.incoming,
                ("waiting", "A resume is being read."),
                ("failed", "A resume couldn't be read."),
                "A resume is waiting for your review.",
            ),
            rx.el.a("Open", href="/profile/review", class_name="button small-button push"),
            class_name="row arriving",
            role="status",
        ),
    )


def whole(page: rx.Var[ProfilePage]) -> rx.Component:
    """The profile in the chosen order, or a placeholder."""
    by_position = rx.fragment(rx.foreach(page.positions, position), loose(page))
    return rx.cond(
        page.is_empty & (ProfileView.editing == ""),
        nothing(),
        rx.fragment(head(page), rx.cond(ProfileView.by == "skill", by_skill(page), by_position)),
    )


def loose(page: rx.Var[ProfilePage]) -> rx.Component:
    """Bullets without a position."""
    return rx.el.section(
        rx.el.header(
            rx.el.div(
                rx.el.h2("Not tied to a job"),
                rx.el.p("Skills, certificates, what you are known for.", class_name="quiet"),
                class_name="titles",
            )
        ),
        rx.cond(
            page.loose.length() > 0, rx.el.ul(rx.foreach(page.loose, bullet), class_name="plain bullets")
        ),
        add_bullet("", "not tied to a job"),
        class_name="position",
        aria_label="Not tied to a job",
    )


def by_skill(page: rx.Var[ProfilePage]) -> rx.Component:
    """Every skill with the bullets that show it."""
    return rx.cond(
        page.skills.length() > 0,
        rx.fragment(rx.foreach(page.skills, skill)),
        rx.el.p("No bullets yet.", class_name="quiet"),
    )


def skill(group: rx.Var[SkillGroup]) -> rx.Component:
    """One skill."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(rx.cond(group.skill != "", group.skill, "No skills listed")),
            rx.el.span(group.number, class_name="quiet small"),
        ),
        rx.el.ul(rx.foreach(group.bullets, shown_by), class_name="plain bullets"),
        class_name="position",
        aria_label=rx.cond(group.skill != "", group.skill, "No skills listed"),
        key=group.skill,
    )


def shown_by(line: rx.Var[BulletItem]) -> rx.Component:
    """A bullet under one of its skills; pressing it opens its editor."""
    return rx.el.li(
        rx.el.div(
            rx.el.button(
                line.text,
                class_name="words",
                on_click=[ProfileView.group_by("position"), ProfileView.write(f"bullet:{line.id}")],
                aria_label=f"Edit: {line.text}",
            ),
            rx.cond(line.where != "", rx.el.span(line.where, class_name="quiet small where")),
            class_name="said",
        ),
        class_name="bullet",
        key=line.id,
    )


def nothing() -> rx.Component:
    """An empty profile, and the two ways to fill it."""
    return rx.el.div(
        rx.el.h2("What letters can say about you"),
        rx.el.p(
            "List what you have done, bullet by bullet: letters are based on it and claim nothing else.",
            class_name="quiet",
        ),
        rx.el.div(
            import_button("primary"),
            rx.el.button("Enter it manually", custom_attrs=opens("place")),
            class_name="row wrap",
        ),
        class_name="empty",
        role="status",
    )  # fmt: skip


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[rx.el.span(class_name="bone", width=width) for width in ("40%", "24%", "80%", "72%", "64%")],
        class_name="stack",
        aria_hidden="true",
    )
