"""What a notebook shows of an exercise: a small panel in Jupyter, plain text elsewhere."""

import html
from dataclasses import dataclass
from typing import Any

__all__ = ["Line", "Panel"]

# State: icon and colour (Okabe and Ito's, which stay apart in all common kinds of colour blindness). The icon
# and the words say the same as the colour. Each colour is readable on white and on near-black.
LOOKS = {
    "correct": ("✓", "#009E73"),
    "partly": ("◐", "#E69F00"),
    "wrong": ("✗", "#D55E00"),
    "could not run": ("⚠", "#CC79A7"),
    "not attempted": ("○", "#999999"),
    "for a person": ("✎", "#56B4E9"),
    "help": ("?", "#56B4E9"),
}


@dataclass(frozen=True)
class Line:
    """One line of a panel, with an icon of its own if it has a state; ``code`` is set as code."""

    text: str
    state: str = ""
    code: bool = False


@dataclass(frozen=True, repr=False)
class Panel:
    """A state, one sentence, and some lines below it.

    Examples
    --------
    >>> Panel("correct", "Public checks passed.", (Line("It is a number.", "correct"),))
    ✓ Public checks passed.
      ✓ It is a number.
    """

    state: str
    title: str
    lines: tuple[Line, ...] = ()

    def __repr__(self) -> str:
        rows = [f"{LOOKS[self.state][0]} {self.title}"]
        for line in self.lines:
            icon = f"{LOOKS[line.state][0]} " if line.state else ""
            rows += [f"  {row}" for row in (icon + line.text).split("\n")]
        return "\n".join(rows)

    def _repr_html_(self) -> str:
        icon, colour = LOOKS[self.state]
        # No colour of its own for text and background: both come from the theme, light or dark.
        body = "".join(_row(line) for line in self.lines)
        return (
            f"<div style='border-left:5px solid {colour};background:{colour}1a;padding:6px 12px;"
            f"border-radius:3px;max-width:52em;line-height:1.5'>"
            f"<span style='color:{colour};font-weight:bold' aria-hidden='true'>{icon}</span> "
            f"<b>{html.escape(self.title)}</b>{body}</div>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def _row(line: Line) -> str:
    text = html.escape(line.text)
    if line.code:
        return f"<pre style='margin:4px 0;background:none;color:inherit'>{text}</pre>"
    icon, colour = LOOKS.get(line.state, ("", ""))
    mark = f"<span style='color:{colour}' aria-hidden='true'>{icon}</span> " if icon else ""
    return f"<div style='white-space:pre-wrap'>{mark}{text}</div>"
