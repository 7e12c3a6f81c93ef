// In a narrow window, a table of many columns is read row by row: each cell below the last, after the head of its column.
"use strict";

{
  const MANY = 4; // columns
  for (const table of document.querySelectorAll("table.docutils")) {
    const heads = [...table.querySelectorAll("thead tr:last-child > *")].map((its) => its.textContent.trim());
    if (heads.length < MANY) continue;
    table.classList.add("many-columns");
    table.setAttribute("role", "table"); // which the style would take from it
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        cell.setAttribute("role", cell.tagName === "TH" ? "columnheader" : "cell");
        if (cell.tagName === "TD") cell.dataset.head = heads[cell.cellIndex] ?? "";
        cell.classList.toggle("says-nothing", cell.textContent.trim() === "");
      }
    }
  }
}
