"""Rules for type, links, buttons, fields and chips, the elements of every page."""

from tracker.shapes.tints import TINTS
from tracker.theme.tokens import OUTCOMES, STAGES

_CONTROL = {
    "font": "var(--body)",
    "height": "32px",
    "padding": "0 10px",
    "border": "1px solid var(--gray-7)",
    "border-radius": "var(--radius)",
    "background": "var(--paper)",
    "color": "var(--gray-12)",
    "min-width": "0",
}


def _ink(scale: str) -> str:
    """Text on a tint of the same scale: step 11 alone falls short of AA on steps 3 and 4 of some scales."""
    return f"color-mix(in srgb, var(--{scale}-11) 70%, var(--{scale}-12))"


RULES = {
    "*, ::before, ::after": {"box-sizing": "border-box"},
    "html": {"background": "var(--paper)", "color-scheme": "light", "-webkit-text-size-adjust": "100%"},
    "html.dark": {"color-scheme": "dark"},
    "body": {"margin": "0", "font": "var(--body)", "color": "var(--gray-12)", "background": "var(--paper)"},
    "h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset": {"margin": "0", "padding": "0"},
    "ul.plain, ol.plain": {"list-style": "none"},
    "fieldset": {"border": "0", "min-width": "0"},
    "h1": {"font": "600 var(--lead)", "letter-spacing": "-0.01em"},
    "h2": {"font": "600 var(--body)"},
    "h3": {"font": "600 var(--dense)"},
    "a": {"color": "var(--accent-11)", "text-decoration": "none"},
    "a:hover": {"text-decoration": "underline"},
    ":focus-visible": {"outline": "2px solid var(--accent-9)", "outline-offset": "2px"},
    "h1:focus": {"outline": "none"},
    ".quiet": {"color": "var(--gray-11)"},
    ".small": {"font": "var(--dense)"},
    ".figures": {"font-variant-numeric": "tabular-nums"},
    ".nowrap": {"white-space": "nowrap"},
    ".nowrap > svg": {"flex": "none"},
    ".unseen": {"visibility": "hidden"},
    ".clip": {"overflow": "hidden", "text-overflow": "ellipsis", "white-space": "nowrap", "min-width": "0"},
    ".hidden": {
        "position": "absolute", "width": "1px", "height": "1px", "overflow": "hidden",
        "clip-path": "inset(50%)", "white-space": "nowrap",
    },
    ".row": {"display": "flex", "align-items": "center", "gap": "8px", "min-width": "0"},
    ".row input[readonly]": {"flex": "1 1 240px"},
    ".stack": {"display": "flex", "flex-direction": "column", "gap": "12px", "min-width": "0"},
    ".push": {"margin-left": "auto"},
    ".wrap": {"flex-wrap": "wrap"},
    "button, .button": {
        "display": "inline-flex", "align-items": "center", "justify-content": "center", "gap": "6px",
        "font": "500 var(--body)", "height": "32px", "padding": "0 12px", "border-radius": "var(--radius)",
        "border": "1px solid var(--gray-7)", "background": "var(--paper)", "color": "var(--gray-12)",
        "cursor": "pointer", "white-space": "nowrap", "text-decoration": "none",
        "transition": "background var(--quick), border-color var(--quick)",
    },
    "button:hover, .button:hover": {"background": "var(--gray-3)", "text-decoration": "none"},
    "button:active, .button:active": {"background": "var(--gray-5)"},
    "[aria-busy=true], [data-pending] [type=submit]": {"opacity": "0.6", "cursor": "progress"},
    "button:disabled": {"opacity": "0.5", "cursor": "not-allowed"},
    ".primary": {"background": "var(--accent-9)", "border-color": "var(--accent-9)", "color": "var(--on-accent)"},
    ".primary:hover": {"background": "var(--accent-10)", "border-color": "var(--accent-10)"},
    ".primary:active": {"background": "var(--accent-10)"},
    ".danger": {"color": "var(--tomato-11)"},
    ".plain-button": {"border-color": "transparent", "background": "transparent", "color": "var(--gray-11)"},
    ".icon-button": {"width": "32px", "padding": "0"},
    "input, select, textarea": _CONTROL,
    "textarea": {"height": "auto", "padding": "8px 10px", "resize": "vertical", "min-height": "96px", "width": "100%"},
    "select": {"padding-right": "6px", "cursor": "pointer"},
    "input[type=checkbox], input[type=radio]": {
        "width": "16px", "height": "16px", "padding": "0", "margin": "4px", "accent-color": "var(--accent-9)",
    },
    "::placeholder": {"color": "var(--gray-10)", "opacity": "1"},
    "[aria-invalid=true]": {"border-color": "var(--tomato-9)"},
    ".link": {
        "border": "0", "padding": "0", "height": "auto", "min-height": "24px", "background": "transparent",
        "color": "var(--accent-11)", "font": "inherit",
    },
    ".link:hover": {"background": "transparent", "text-decoration": "underline"},
    ".draft-note": {
        "display": "flex", "align-items": "center", "gap": "6px", "font": "var(--dense)", "color": "var(--gray-11)",
    },
    ".draft-note[hidden]": {"display": "none"},
    "[data-drafted]::after": {
        "content": "'Draft'", "font": "var(--dense)", "color": _ink("amber"), "background": "var(--amber-3)",
        "padding": "0 6px", "border-radius": "4px",
    },
    ".field": {"display": "flex", "flex-direction": "column", "gap": "4px", "min-width": "0"},
    ".field > label, .field > .label": {"font": "500 var(--dense)", "color": "var(--gray-11)"},
    ".field > input, .field > select": {"width": "100%"},
    ".problem": {"font": "var(--dense)", "color": "var(--tomato-11)"},
    ".problem:empty": {"display": "none"},
    ".fields": {"display": "grid", "grid-template-columns": "repeat(12, 1fr)", "gap": "12px"},
    ".fields > *": {"grid-column": "span 12"},
    ".fields > .half": {"grid-column": "span 6"},
    ".fields > .third": {"grid-column": "span 4"},
    ".mark": {
        "width": "24px", "height": "24px", "flex": "none", "border-radius": "5px", "display": "grid",
        "place-items": "center", "font": "600 11px/1 var(--font)", "background": "var(--gray-4)",
        "color": "var(--gray-12)",
    },
    ".mark.large": {"width": "40px", "height": "40px", "border-radius": "8px", "font-size": "16px"},
    **{
        f".mark[data-tint={tint}]": {"background": f"var(--{tint}-4)", "color": f"var(--{tint}-12)"}
        for tint in TINTS
    },
    ".chip": {
        "--tone": "var(--gray-3)", "--ink": "var(--gray-11)", "--dot": "var(--gray-9)",
        "display": "inline-flex", "align-items": "center", "gap": "6px", "height": "24px", "padding": "0 8px",
        "border-radius": "12px", "font": "500 var(--dense)", "background": "var(--tone)", "color": "var(--ink)",
        "border": "1px solid transparent", "white-space": "nowrap", "max-width": "100%",
    },
    "select.chip": {"padding": "0 4px 0 8px", "width": "auto"},
    "select.chip:hover": {"border-color": "var(--ink)"},
    "select.chip option": {"background": "var(--paper)", "color": "var(--gray-12)"},
    **{
        f".chip[data-stage={stage}], .dot[data-stage={stage}], .chip:has([value={stage}]:checked)": {
            "--tone": f"var(--{scale}-3)", "--ink": _ink(scale), "--dot": f"var(--{scale}-9)",
        }
        for stage, scale in STAGES.items()
    },
    **{
        f".chip[data-outcome={outcome}], .dot[data-outcome={outcome}], "
        f".chip:has([value='closed:{outcome}']:checked)": {
            "--tone": f"var(--{'gray' if scale == 'tomato' else scale}-3)", "--ink": _ink(scale),
            "--dot": f"var(--{scale}-9)",
        }
        for outcome, scale in OUTCOMES.items()
    },
    ".chip[data-outcome=no_response], .chip:has([value='closed:no_response']:checked)": {
        "border": "1px dashed var(--gray-8)",
    },
    ".dot": {
        "width": "8px", "height": "8px", "border-radius": "50%", "flex": "none",
        "background": "var(--dot, var(--gray-9))",
    },
    ".tag": {
        "display": "inline-flex", "align-items": "center", "height": "20px", "padding": "0 6px",
        "border-radius": "4px", "font": "var(--dense)", "background": "var(--gray-3)", "color": "var(--gray-11)",
    },
    ".late": {"color": _ink("amber")},
    ".bone": {
        "display": "block", "height": "12px", "border-radius": "4px", "background": "var(--gray-4)",
        "animation": "breathe 1.6s ease-in-out infinite",
    },
    "@keyframes breathe": {"50%": {"opacity": "0.5"}},
    "kbd": {
        "font": "500 11px/16px var(--font)", "padding": "0 5px", "border": "1px solid var(--gray-6)",
        "border-radius": "4px", "background": "var(--gray-2)", "color": "var(--gray-11)",
    },
    "@media (prefers-reduced-motion: reduce)": {
        "*, ::before, ::after": {"animation-duration": "0.01ms !important", "transition": "none !important"},
    },
    "@media (max-width: 767px)": {
        "button, .button, input, select": {"min-height": "44px"},
        "select.chip": {"min-height": "32px"},
        ".icon-button": {"width": "44px"},
        ".link": {"min-height": "44px", "min-width": "44px"},
        "input, select, textarea": {"font-size": "16px"},
        "select.chip ": {"font-size": "13px"},
        "input[type=checkbox], input[type=radio]": {"min-height": "24px", "width": "24px", "height": "24px"},
        ".fields > .half, .fields > .third": {"grid-column": "span 6"},
    },
}  # fmt: skip
