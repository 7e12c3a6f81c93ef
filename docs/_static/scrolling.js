// A box that is scrolled sideways can be reached with the keyboard, in every window; one that is not is no stop on the way.
"use strict";

{
  const BOXES = "pre, div.math, div.table-wrapper, div.cell_output .output, .live-formula";
  const look = (box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };
  const boxes = [...document.querySelectorAll(BOXES)];
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => look(target)));
  boxes.forEach((box) => watch.observe(box));
  document.fonts.ready.then(() => boxes.forEach(look)); // another font changes what is inside, and not the box
}
