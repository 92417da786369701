"""What a check found, told on a terminal and elsewhere."""

import io

from plugins.core import console


def test_elsewhere_than_on_a_terminal_lines_are_plain_and_whole() -> None:
    """No colour, no line broken, no markup read, and no control character passed on."""
    stream = io.StringIO()
    out = console.open_console(stream)
    console.print_line(out, "x" * 300, "alarm")
    console.print_line(out, "[red]a[/red] \x1b[31mb\r\n")
    with console.progress(out, "Looking", 3) as step:
        step()
    assert stream.getvalue() == f"alarm: {'x' * 300}\n[red]a[/red] �[31mb��\n"
