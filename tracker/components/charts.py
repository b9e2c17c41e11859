"""The charts of the analytics page, each with a text alternative and a table."""

from typing import Any

import reflex as rx

from tracker.shapes.analytics import Analytics, Table, TableRow
from tracker.shapes.charts import CELL, HEIGHT, NODE_WIDTH, STEP, TOUCH_SCALE, WIDTH, Box, Ribbon, Tick

svg = rx.el.svg


def figure(table: rx.Var[Table], *drawing: Any, twin: bool = True, extra: Any = None) -> rx.Component:
    """A figure with its heading, summary, chart, table and download."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(table.title),
            extra or rx.fragment(),
            rx.el.a(
                "CSV",
                href=table.csv,
                download="",
                reload_document=True,
                class_name="push small",
                aria_label=f"Download as CSV: {table.title}",
            ),
        ),
        rx.el.figure(
            *drawing,
            rx.el.figcaption(table.summary, class_name="small quiet"),
            rx.cond(table.parts.length() > 0, segment_links(table)),
            class_name="chart",
        ),
        table_of(table) if twin else rx.fragment(),
        class_name="section",
        aria_label=table.title,
    )


def segment_links(table: rx.Var[Table]) -> rx.Component:
    """Links to the applications behind a chart without clickable parts."""
    return rx.el.ul(
        rx.foreach(table.parts, lambda part: rx.el.li(rx.el.a(part[0], href=part[1]), key=part[0])),
        class_name="plain row small chart-parts",
        aria_label=f"Behind {table.title}",
    )


def table_of(table: rx.Var[Table]) -> rx.Component:
    """The figure as a table, collapsed."""
    return rx.el.details(
        rx.el.summary("As a table", class_name="small"),
        rx.el.div(
            whole_table(table), class_name="scrolls", tab_index=0, role="region", aria_label=table.title
        ),
        class_name="twin",
    )


def whole_table(table: rx.Var[Table]) -> rx.Component:
    """Every column and row of a figure."""
    return rx.el.table(
        rx.el.caption(table.title, class_name="hidden"),
        rx.el.thead(rx.el.tr(rx.foreach(table.heads, lambda head, n: rx.el.th(head, scope="col", key=n)))),
        rx.el.tbody(
            rx.foreach(
                table.rows,
                lambda row: rx.el.tr(
                    rx.el.th(linked(row), scope="row"),
                    rx.foreach(row.cells, lambda cell, n: rx.el.td(cell, key=n)),
                    key=row.label,
                ),
            )
        ),
        class_name="sheet-table",
    )


def linked(row: rx.Var[TableRow]) -> rx.Component:
    """A row's name, linked to the applications behind it if there are any."""
    return rx.cond(row.address != "", rx.el.a(row.label, href=row.address), rx.el.span(row.label))


def bars_of(table: rx.Var[Table], number: int, heads: tuple[str, ...] = ()) -> rx.Component:
    """A figure as rows with a bar each: name, bar and first cells."""
    return rx.el.table(
        rx.el.caption(table.title, class_name="hidden"),
        rx.el.thead(
            rx.el.tr(
                rx.el.th(rx.el.span(table.heads[0], class_name="hidden"), scope="col"),
                rx.el.th(rx.el.span("Share", class_name="hidden"), scope="col", class_name="bar-cell"),
                *[rx.el.th(heads[n] if heads else table.heads[n + 1], scope="col") for n in range(number)],
            )
        ),
        rx.el.tbody(rx.foreach(table.rows, lambda row: bar_row(row, number))),
        class_name="bars-table",
    )


def bar_row(row: rx.Var[TableRow], number: int) -> rx.Component:
    """One row with a bar."""
    return rx.el.tr(
        rx.el.th(linked(row), scope="row"),
        rx.el.td(
            rx.el.span(class_name="fill", custom_attrs={"style": {"width": f"{row.share}%"}}),
            class_name="bar-cell",
            aria_hidden="true",
        ),
        *[rx.el.td(row.cells[n]) for n in range(number)],
        key=row.label,
        custom_attrs={"data-tone": row.tone},
    )


def sankey(shown: rx.Var[Analytics]) -> rx.Component:
    """Ribbons between stages and outcomes; on a narrow screen the table's rows."""
    return rx.fragment(
        rx.el.svg(
            rx.foreach(shown.sankey.ribbons, ribbon),
            rx.foreach(shown.sankey.boxes, box),
            view_box=f"0 0 {WIDTH} {HEIGHT + 8}",
            role="group",
            aria_label=shown.flow.summary,
            class_name="sankey only-wide",
        ),
        rx.el.div(bars_of(shown.flow, 1), class_name="only-narrow"),
    )


def ribbon(of: rx.Var[Ribbon]) -> rx.Component:
    """One ribbon, linked to its applications."""
    return svg.a(
        svg.path(svg.title(of.title), d=of.d),
        href=of.address,
        class_name="ribbon",
        aria_label=of.title,
        key=of.title,
        custom_attrs={"data-tone": of.end},
    )


def box(of: rx.Var[Box]) -> rx.Component:
    """One stage or outcome, with its name and number."""
    return svg.a(
        svg.rect(x=of.x, y=of.y, width=NODE_WIDTH, height=of.height, rx=2),
        svg.text(
            of.label,
            svg.tspan(of.count, dx=6, class_name="number"),
            x=of.text_x,
            y=of.text_y,
        ),
        href=of.address,
        class_name="node",
        aria_label=f"{of.label}: {of.count}",
        key=of.name,
        custom_attrs={"data-tone": of.name},
    )


def plot(
    *drawn: Any, label: Any, ticks: Any, sides: Any, role: str = "img", class_name: str = ""
) -> rx.Component:
    """A chart stretched to the page's width with text axes; a `group` if it has links."""
    return rx.el.div(
        rx.el.div(sides, class_name="side", aria_hidden="true"),
        rx.el.svg(
            *drawn, view_box="0 0 100 100", role=role, aria_label=label,
            custom_attrs={"preserveAspectRatio": "none"},
        ),
        rx.el.div(rx.foreach(ticks, tick), class_name="below", aria_hidden="true"),
        class_name=f"plot {class_name}",
    )  # fmt: skip


def tick(of: rx.Var[Tick]) -> rx.Component:
    """A label of the horizontal axis."""
    return rx.el.span(of.label, custom_attrs={"style": {"left": f"{of.at}%"}}, key=f"{of.at}")


def level(of: rx.Var[Tick]) -> rx.Component:
    """A label of the vertical axis."""
    return rx.el.span(of.label, custom_attrs={"style": {"top": f"{of.at}%"}}, key=f"{of.at}")


def week_bars(shown: rx.Var[Analytics]) -> rx.Component:
    """One bar per week, and the goal as a line."""
    return plot(
        rx.foreach(shown.bars, week_bar),
        rx.foreach(
            shown.goal,
            lambda goal: svg.line(
                x1=0, x2=100, y1=goal.at.to_string(), y2=goal.at.to_string(), class_name="goal", key="goal"
            ),
        ),
        label=shown.weeks.summary,
        ticks=shown.bar_ticks,
        sides=rx.foreach(shown.goal, level),
        role="group",
        class_name="short",
    )  # fmt: skip


def week_bar(of: rx.Var[list[str]]) -> rx.Component:
    """One week."""
    x, y, width, height, kind, words, address = (of[n] for n in range(7))
    return svg.a(
        svg.rect(svg.title(words), x=x, y=y, width=width, height=height),
        href=address,
        aria_label=words,
        key=words,
        class_name=kind,
    )


def answer_curve(shown: rx.Var[Analytics]) -> rx.Component:
    """The share answered by each day, with its interval."""
    return plot(
        *[svg.line(x1=0, x2=100, y1=y, y2=y, class_name="grid") for y in (0, 50, 100)],
        svg.path(d=shown.curve.band, class_name="band"),
        svg.path(d=shown.curve.line, class_name="curve"),
        label=shown.waiting.summary,
        ticks=shown.curve.ticks,
        sides=rx.fragment(
            *[
                rx.el.span(words, class_name=place)
                for words, place in (("100 %", "top"), ("50 %", "middle"), ("0", "foot"))
            ]
        ),
    )


def heat_map(shown: rx.Var[Analytics]) -> rx.Component:
    """Days in columns of weeks, linked to the changed applications; on a phone it scrolls, latest first."""
    drawn = rx.el.div(
        rx.el.div(rx.foreach(shown.heat.months, tick), class_name="below above", aria_hidden="true"),
        rx.el.svg(
            rx.foreach(shown.heat.cells, lambda cell: heat_cell(cell, shown.behind_a_day)),
            view_box=f"0 0 {shown.heat.width} {STEP * 7}",
            width=(shown.heat.width * TOUCH_SCALE).to_string(),
            role="group",
            aria_label=shown.activity.summary,
            class_name="heat",
        ),
    )
    return rx.el.div(drawn, class_name="heat-map", tab_index=0, role="group", aria_label="Daily activity")


def heat_cell(cell: rx.Var[list[str]], behind: rx.Var[str]) -> rx.Component:
    """One day; without a link if nothing happened."""
    x, y, level_of_it, day, title = (cell[n] for n in range(5))
    drawn = svg.rect(
        svg.title(title), x=x, y=y, width=CELL, height=CELL, rx=2, custom_attrs={"data-level": level_of_it},
    )  # fmt: skip
    return rx.cond(
        level_of_it != "0",
        svg.a(drawn, href=f"{behind}{day}", aria_label=title, key=day),
        svg.g(drawn, key=day),
    )
