// A box that is scrolled sideways can be reached with the keyboard, in every window; one that is not is no stop on the way.
"use strict";

{
  const BOXES = "pre, div.math, div.table-wrapper, div.cell_output .output, .live-formula";
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll(BOXES)) watch.observe(box);
}
