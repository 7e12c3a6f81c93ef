// In a narrow window, a table of many columns, or one that is wider than the page, is read row by row: each cell below the last,
// after the head of its column. The live page makes such tables while it is open.
"use strict";

const narrowTables = (() => {
  const MANY = 4; // columns
  const narrow = matchMedia("(max-width: 46em)");
  const tables = new Set();

  function add(table) {
    const heads = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [])];
    if (!heads.length) return;
    table.setAttribute("role", "table"); // which the style would take from it
    for (const part of table.querySelectorAll("thead, tbody, tfoot")) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        cell.setAttribute("role", cell.tagName === "TH" ? "columnheader" : "cell");
        if (cell.tagName === "TD") cell.dataset.head = headOf(heads[cell.cellIndex]);
        cell.classList.toggle("says-nothing", cell.textContent.trim() === "");
      }
    }
    tables.add(table);
    look(table);
  }

  // The text of a head; a formula in it is there twice, drawn and for screen readers.
  function headOf(cell) {
    if (!cell) return "";
    const copy = cell.cloneNode(true);
    for (const its of copy.querySelectorAll(".katex-mathml")) its.remove();
    return copy.textContent.trim();
  }

  function look(table) {
    table.classList.remove("by-rows");
    if (!narrow.matches) return;
    const columns = table.tHead.rows[table.tHead.rows.length - 1].cells.length;
    table.classList.toggle("by-rows", columns >= MANY || table.offsetWidth > table.parentElement.clientWidth);
  }

  const lookAtAll = () => {
    for (const table of tables) if (table.isConnected) look(table); else tables.delete(table);
  };
  for (const table of document.querySelectorAll("table.docutils, table.symparams")) add(table);
  addEventListener("resize", lookAtAll);
  document.fonts.ready.then(lookAtAll); // another font changes how wide a table is
  return { add };
})();
