// The live page. What it knows already (KNOWN) it shows at once; everything else it asks the Python in the worker.
// Whatever comes from the reader or from Python is put in as text, or drawn by KaTeX, and never as markup.
"use strict";

(() => {
  const LONGEST_ANSWER = 20_000; // milliseconds
  const LONGEST_DRAWN = 4_000; // characters of LaTeX
  const PAUSE = 200; // milliseconds without a key before Python is asked
  const NAMES = { written: "as in the paper", annotated: "with a name under each term", expanded: "multiplied out", factored: "factored" };

  const part = (name) => document.getElementById(`live-${name}`);
  const model = part("model");
  const other = part("other");
  const sizes = new Map();
  const forms = ["written", "written"]; // of the two sides

  // ------------------------------------------------------------ the question
  const given = () => Object.fromEntries([...sizes].filter(([, size]) => size !== ""));
  const second = () => (part("more").open ? other.value : "");
  const asked = () => ({ model: model.value, other: second(), sizes: given(), forms: [...new Set(forms)] });

  function known(question) {
    const bare = (text) => text.replace(/\s+/g, "");
    const said = Object.keys(question.sizes).sort().map((name) => `${name}=${question.sizes[name]}`);
    const key = [bare(question.model), bare(question.other), ...said].join("\n");
    return Object.hasOwn(KNOWN.answers, key) ? KNOWN.answers[key] : undefined;
  }

  function ask() {
    const question = asked();
    const answer = known(question);
    asking += 1;
    waiting = undefined;
    clearTimeout(pause);
    if (answer) {
      say("");
      show(answer);
      return;
    }
    const without = known({ ...question, sizes: {} });
    if (without) show(without, true);
    else if (!ready) meanwhile(question);
    if (!KNOWN.python) {
      stop("This copy of the site was built without Python, so it knows the examples and the standard layers in letters only.");
      return;
    }
    part("answer").setAttribute("aria-busy", "true");
    pause = setTimeout(() => send(question), PAUSE);
  }

  // ------------------------------------------------------------ Python
  let worker, ready, waiting, sent, pause, clock, asking = 0;

  function send(question) {
    waiting = question;
    if (!worker) start();
    if (!ready || sent) return; // it is sent when Python is up, or done with the one before
    sent = { id: asking, question };
    waiting = undefined;
    clock = setTimeout(() => {
      end();
      stop(`That took longer than ${LONGEST_ANSWER / 1000} seconds, so it was stopped.`);
    }, LONGEST_ANSWER);
    worker.postMessage(sent);
  }

  function start() {
    const failed = (why) => {
      end();
      stop(location.protocol === "file:"
        ? "A browser cannot start Python from a file. Serve the folder, for example with: python -m http.server"
        : `Python did not start: ${why}`);
    };
    try {
      worker = new Worker(new URL("worker.js", here));
    } catch (error) {
      failed(error.message);
      return;
    }
    worker.onerror = (event) => failed(event.message || "its file is missing");
    worker.onmessage = ({ data }) => {
      if (data.received !== undefined) progress(data.received / KNOWN.python.bytes);
      if (data.failed) failed(data.failed);
      if (data.ready) {
        ready = true;
        say("");
        if (waiting) send(waiting);
      }
      if (data.id !== undefined) received(data);
    };
    progress(0);
  }

  function end() {
    clearTimeout(clock);
    if (worker) worker.terminate();
    worker = ready = sent = waiting = undefined;
  }

  function received({ id, answer }) {
    clearTimeout(clock);
    sent = undefined;
    if (id === asking) show(answer); // else something was typed in the meantime
    else if (waiting) send(waiting);
  }

  // ------------------------------------------------------------ what is said
  function say(text, share) {
    part("said").textContent = text;
    part("progress").hidden = share === undefined;
    if (share !== undefined) part("progress").value = share;
  }

  function progress(share) {
    const size = `${Math.round(KNOWN.python.bytes / 1e6)} MB`;
    if (share < 1) say(`Fetching Python, ${Math.floor(100 * share)} % of ${size}`, share);
    else say("Starting Python", 1);
  }

  function stop(why) {
    say("");
    part("answer").removeAttribute("aria-busy");
    error(why);
  }

  function error(text) {
    part("error").textContent = text || "";
    part("error").hidden = !text;
  }

  // ------------------------------------------------------------ the answer
  let shown;

  function show(answer, unfinished = false) {
    part("answer").toggleAttribute("aria-busy", unfinished);
    error(answer.error);
    part("answer").classList.toggle("live-old", !answer.model);
    if (!answer.model) return; // half a line is no reason to take the last answer away
    shown = answer;
    const sides = [answer.model, answer.other].filter(Boolean);
    part("sides").replaceChildren(...sides.map((side, place) => sideOf(side, place, sides.length, unfinished)));
    askSizes([...new Set(sides.flatMap((side) => side.letters))].sort());
    part("difference").hidden = !answer.difference;
    if (answer.difference) {
      part("why").textContent = answer.difference.text;
      draw(answer.difference.latex, part("why-drawn"));
    }
  }

  function sideOf(side, place, count, unfinished) {
    const made = part("side").content.cloneNode(true);
    const find = (selector) => made.querySelector(selector);
    find("h2").textContent = count === 1 ? "Parameters" : ["First", "Second"][place];
    const form = side.latex[forms[place]] === undefined ? Object.keys(side.latex)[0] : forms[place];
    draw(side.latex[form], find(".live-formula"));
    find(".live-number").textContent = unfinished && side.letters.length ? "" : numberOf(side);
    const select = find("select");
    select.append(...KNOWN.forms.map((name) => new Option(NAMES[name] || name, name, false, name === form)));
    select.addEventListener("change", () => {
      forms[place] = select.value;
      ask();
    });
    find(".live-code").textContent = side.latex[form];
    copies(find('[data-copies="latex"]'), () => side.latex[form]);
    copies(find('[data-copies="python"]'), () => side.formula);
    find(".live-rows").append(...tableOf(side.layers));
    find(".live-notes").append(...side.notes.map((note) => withText("li", note)));
    return made;
  }

  function numberOf(side) {
    if (side.number !== null) return `= ${side.number.replace(/\B(?=(\d{3})+$)/g, "\u2009")}`;
    return side.given === side.formula ? "" : `= ${side.given}`;
  }

  function tableOf(rows) {
    if (!rows.length) return [];
    const table = document.createElement("table");
    const cells = (row, tag) => {
      const line = document.createElement("tr");
      line.append(...["layer", "shape", "count", "formula"].map((name) => withText(tag, row[name])));
      return line;
    };
    const head = table.createTHead();
    head.append(cells({ layer: "Layer", shape: "Output shape", count: "Parameters", formula: "Formula" }, "th"));
    table.createTBody().append(...rows.map((row) => cells(row, "td")));
    return [table];
  }

  // What is known of the layers that the text names, while Python is on its way.
  function meanwhile(question) {
    const text = `${question.model}\n${question.other}`;
    const named = [...new Set([...text.matchAll(/(?:\bnn\.)?\b[A-Za-z]\w*/g)].map(([name]) => name))];
    const layers = named.filter((name) => Object.hasOwn(KNOWN.layers, name));
    if (!layers.length) return;
    error("");
    part("difference").hidden = true;
    part("sides").replaceChildren(...layers.flatMap((name) => {
      const formula = document.createElement("div");
      formula.className = "live-formula";
      draw(KNOWN.layers[name].latex, formula);
      return [withText("h2", `${name}, in letters`), formula];
    }));
  }

  function askSizes(letters) {
    const place = part("sizes");
    if (place.dataset.letters === letters.join(" ")) return;
    place.dataset.letters = letters.join(" ");
    for (const name of [...sizes.keys()]) if (!letters.includes(name)) sizes.delete(name);
    place.replaceChildren(...letters.map((name) => {
      const label = withText("label", `${name} = `);
      const input = document.createElement("input");
      Object.assign(input, { type: "text", inputMode: "numeric", autocomplete: "off", size: 8, value: sizes.get(name) || "" });
      input.dataset.letter = name;
      input.addEventListener("input", () => {
        sizes.set(name, input.value.trim());
        ask();
      });
      label.append(input);
      return label;
    }));
  }

  // ------------------------------------------------------------ pieces
  function draw(latex, place) {
    place.textContent = "";
    if (latex.length <= LONGEST_DRAWN) {
      try {
        katex.render(latex, place, { displayMode: true, throwOnError: true, trust: false, strict: "ignore" });
        return;
      } catch {
        // shown as text below
      }
    }
    place.append(withText("code", latex.length > 400 ? `${latex.slice(0, 400)} …` : latex));
  }

  function withText(tag, text) {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  function copies(button, text) {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text());
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => (button.textContent = label), 1500);
    });
  }

  function take(example) {
    model.value = example.model;
    other.value = example.other;
    part("more").open = example.other !== "";
    sizes.clear();
    for (const [name, size] of Object.entries(example.sizes)) sizes.set(name, size);
    delete part("sizes").dataset.letters;
    fit();
    ask();
  }

  function fit() {
    for (const area of [model, other]) area.rows = Math.min(18, Math.max(3, area.value.split("\n").length + 1));
  }

  const here = document.currentScript.src;
  part("examples").append(...KNOWN.examples.map((example) => {
    const button = withText("button", example.title);
    button.type = "button";
    button.addEventListener("click", () => take(example));
    return button;
  }));
  for (const area of [model, other]) {
    area.addEventListener("input", () => {
      fit();
      ask();
    });
  }
  part("more").addEventListener("toggle", ask);
  copies(part("difference").querySelector('[data-copies="latex"]'), () => shown.difference.latex);
  copies(part("difference").querySelector('[data-copies="markdown"]'), () => shown.difference.markdown);
  document.getElementById("live").hidden = false;
  take(KNOWN.examples[0]);
})();
