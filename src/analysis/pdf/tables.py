"""Tables as listeners get them: Typst tags a cell that names its row as data, and may lose a table's caption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pikepdf

#: An element of the structure of a PDF, or whatever else stands among its content.
Element = pikepdf.Object


def mend_tables(made: pikepdf.Pdf, row_headers: Sequence[int]) -> None:
    """Tags the first ``row_headers[n]`` cells of each row of the ``n``-th table as what the other cells are about.

    An empty cell names nothing. Raises ValueError where the PDF has more or fewer tables.
    """
    root = made.Root.StructTreeRoot
    tables = [each for each in elements(root) if each.S == "/Table"]
    named: dict[str, Element] = {}
    for number, (table, count) in enumerate(zip(tables, row_headers, strict=True)):
        _caption(table)
        rows = [row for part in table.K if part.S == "/TBody" for row in part.K]
        for place, row in enumerate(rows):
            first = enumerate(list(row.K)[:count])
            headings = {f"R{number}x{column}y{place}": cell for column, cell in first if len(cell.get("/K", ()))}
            _name(row, headings)
            named |= headings
    if named:
        _list(named, root.IDTree)


def _caption(table: Element) -> None:
    """Puts back in a table the caption that stands outside of it where the table runs over some pages."""
    if table.K[0].S != "/Caption":
        caption = table.P.P.K[0]
        del table.P.P.K[0]
        table.K.insert(0, caption)
        caption.P = table


def _name(row: Element, headings: Mapping[str, Element]) -> None:
    names = {cell.objgen: name for name, cell in headings.items()}
    for cell in row.K:
        (told,) = (each for each in cell.A if each.O == "/Table")
        if name := names.get(cell.objgen):
            cell.S, cell.ID, told.Scope = pikepdf.Name.TH, pikepdf.String(name), pikepdf.Name.Row
        else:
            told.Headers.extend(pikepdf.String(name) for name in headings)


def _list(named: Mapping[str, Element], tree: Element) -> None:
    """Adds elements to the tree of those that have a name, which is in the order of the names' bytes."""
    known = list(tree.Names)
    pairs = {**dict(zip(map(str, known[::2]), known[1::2], strict=True)), **named}
    tree.Names = pikepdf.Array(part for name, cell in sorted(pairs.items()) for part in (pikepdf.String(name), cell))


def elements(node: Element) -> Iterator[Element]:
    """The elements of the structure below a node, in the order of reading."""
    for child in node.get("/K", ()):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)
