// The live page. What it knows already (KNOWN) it shows at once; everything else it asks the Python in the worker.
// Whatever comes from the reader or from Python is put in as text, or drawn by KaTeX, and never as markup.
"use strict";

(() => {
  const LONGEST_ANSWER = 20_000; // milliseconds
  const LONGEST_DRAWN = 4_000; // characters of LaTeX
  const PAUSE = 200; // milliseconds without a key before Python is asked
  const QUESTIONS = {
    count: { title: "How many parameters?" },
    compare: { title: "Why do two models differ?", heading: "Why they differ" },
    check: { title: "Is my formula right?", label: "Formula", heading: "Your formula", example: "4*(n*m + n**2)" },
    reconcile: { title: "Where is this number from?", label: "Number", heading: "Where the number is from", example: "1,536" },
    solve: { title: "How large may it be?", label: "Parameters at most", heading: "The largest size", example: "1000000" },
  };
  const NAMES = { written: "as in the paper", annotated: "with a name under each term", expanded: "multiplied out", factored: "factored" };

  const part = (name) => document.getElementById(`live-${name}`);
  const model = part("model");
  const other = part("other");
  const question = part("question");
  const value = part("value");
  const sizes = new Map();
  const typed = new Set(); // the letters whose sizes the reader has typed; those of an example go with it
  const forms = ["written", "written"]; // of the two sides

  // ------------------------------------------------------------ the question
  const given = () => Object.fromEntries([...sizes].filter(([, size]) => size !== ""));
  const second = () => (question.value === "compare" ? other.value : "");
  const wanted = () => (QUESTIONS[question.value].label ? { question: question.value, value: value.value } : {});
  const asked = () => ({ model: model.value, other: second(), sizes: given(), forms: [...new Set(forms)], ...wanted() });

  function known(question) {
    if ((question.value || "").trim()) return undefined;
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
    if (!worker && !without) start(); // at once: it takes longer than the pause
    pause = setTimeout(() => send(question), PAUSE);
  }

  // ------------------------------------------------------------ Python
  let worker, spare, ready, waiting, sent, pause, clock, asking = 0;

  function send(question) {
    waiting = question;
    if (!worker) start(); // the one before has been ended
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
      worker = spare || thread();
      spare = undefined;
    } catch (error) {
      failed(error.message);
      return;
    }
    worker.onerror = (event) => failed(event.message || "its file is missing");
    worker.onmessage = ({ data }) => {
      if (data.failed) failed(data.failed);
      if (data.ready) {
        ready = true;
        say("");
        if (waiting) send(waiting);
      }
      if (data.id !== undefined) received(data);
    };
    progress(0);
    worker.postMessage({ start: true });
    const mine = worker;
    const missing = ({ message }) => mine === worker && failed(message);
    sendPython(mine, new URL("python/", here), (received) => mine === worker && progress(received / KNOWN.python.bytes)).catch(missing);
  }

  // A thread of 4 kB without Python waits for a question: making one takes a tenth of the way to an answer.
  const thread = () => new Worker(new URL("worker.js", here));

  function prepare() {
    if (worker) return;
    try {
      spare = thread();
      spare.onerror = () => (spare = undefined);
    } catch {
      // the question says why
    }
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
    const pieces = answer.difference ? answer.difference.pieces : answer.answer;
    part("asked").hidden = !pieces;
    part("difference").hidden = !answer.difference;
    if (pieces) {
      part("asked-title").textContent = QUESTIONS[question.value].heading || "Why they differ";
      part("pieces").replaceChildren(...pieces.map(pieceOf));
    }
  }

  function sideOf(side, place, count, unfinished) {
    const made = part("side").content.cloneNode(true);
    const find = (selector) => made.querySelector(selector);
    find("h2").textContent = count === 1 ? "Parameters" : ["First", "Second"][place];
    const form = side.latex[forms[place]] === undefined ? Object.keys(side.latex)[0] : forms[place];
    draw(side.latex[form], find(".live-formula"));
    if (!(unfinished && side.letters.length)) fillNumber(side, find(".live-number"));
    const select = find("select");
    select.append(...KNOWN.forms.map((name) => new Option(NAMES[name] || name, name, false, name === form)));
    select.addEventListener("change", () => {
      forms[place] = select.value;
      ask();
    });
    find(".live-code").textContent = side.latex[form];
    copies(find('[data-copies="latex"]'), () => side.latex[form]);
    copies(find('[data-copies="python"]'), () => side.formula);
    find(".live-rows").append(...side.layers.map(pieceOf));
    find(".live-notes").append(...side.notes.map((note) => withText("li", note)));
    return made;
  }

  // The number, or what is left of the formula at the sizes that are given.
  function fillNumber(side, place) {
    if (side.number !== null) place.textContent = `= ${side.number.replace(/\B(?=(\d{3})+$)/g, "\u2009")}`;
    else if (side.given !== side.formula) draw(`= ${side.given_latex}`, place, false);
  }

  // A sentence, a formula or a table of an answer.
  function pieceOf(piece) {
    if (piece.display !== undefined) {
      const made = withText("div", "");
      made.className = "live-formula";
      draw(piece.display, made);
      return made;
    }
    if (piece.words) return filled("p", piece.words);
    const table = document.createElement("table");
    if (piece.title) table.createCaption().textContent = piece.title;
    const row = (cells, tag) => {
      const line = document.createElement("tr");
      line.append(...cells.map((cell, place) => {
        const made = filled(tag, cell);
        if (piece.right.includes(place)) made.className = "live-right";
        return made;
      }));
      return line;
    };
    const head = row(piece.head.map((name) => [["text", name]]), "th");
    for (const cell of head.children) cell.scope = "col";
    table.createTHead().append(head);
    table.createTBody().append(...piece.rows.map((cells) => row(cells, "td")));
    if (piece.foot.length) table.createTFoot().append(...piece.foot.map((cells) => row(cells, "td")));
    const wrapped = withText("div", "");
    wrapped.className = "live-rows";
    wrapped.tabIndex = 0; // a table that is wider than the page is scrolled with the keys, too
    wrapped.append(table);
    queueMicrotask(() => narrowTables.add(table)); // once it is in the page, and can be measured
    return wrapped;
  }

  function filled(tag, words) {
    const made = document.createElement(tag);
    for (const [kind, text] of words) {
      if (kind === "tex") {
        const formula = document.createElement("span");
        draw(text, formula, false);
        made.append(formula);
      } else made.append(text);
    }
    return made;
  }

  // What is known of the layers that the text names, while Python is on its way.
  function meanwhile(question) {
    const text = `${question.model}\n${question.other}`;
    const named = [...new Set([...text.matchAll(/(?:\bnn\.)?\b[A-Za-z]\w*/g)].map(([name]) => name))];
    const layers = named.filter((name) => Object.hasOwn(KNOWN.layers, name));
    if (!layers.length) return;
    error("");
    part("asked").hidden = true;
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
        typed.add(name);
        ask();
      });
      label.append(input);
      return label;
    }));
  }

  // ------------------------------------------------------------ pieces
  function draw(latex, place, displayMode = true) {
    place.textContent = "";
    if (latex.length <= LONGEST_DRAWN) {
      try {
        katex.render(latex, place, { displayMode, throwOnError: true, trust: false, strict: "ignore" });
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
    other.value = example.other || "";
    question.value = example.question || (example.other ? "compare" : "count");
    value.value = example.value || "";
    typed.clear();
    sizes.clear();
    for (const [name, size] of Object.entries(example.sizes || {})) sizes.set(name, size);
    delete part("sizes").dataset.letters;
    turn();
    fit();
    ask();
  }

  // The fields of the question that is chosen.
  function turn() {
    const its = QUESTIONS[question.value];
    other.hidden = question.value !== "compare";
    part("value-label").hidden = !its.label;
    part("value-label").querySelector("span").textContent = its.label || "";
    value.placeholder = its.example || "";
  }

  // The sizes of an example are forgotten with its model.
  function forget() {
    for (const name of [...sizes.keys()]) if (!typed.has(name)) sizes.delete(name);
    for (const input of part("sizes").querySelectorAll("input")) input.value = sizes.get(input.dataset.letter) || "";
  }

  // A link has the whole question behind its #, which a browser does not send to a server.
  function link() {
    const its = { model: model.value, other: second(), question: question.value, value: value.value, sizes: given() };
    const kept = Object.entries(its).filter(([, said]) => (typeof said === "string" ? said : Object.keys(said).length));
    return `${location.href.split("#")[0]}#${new URLSearchParams(kept.map(([name, said]) => [name, typeof said === "string" ? said : JSON.stringify(said)]))}`;
  }

  function linked() {
    const its = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (!its.model) return undefined;
    let numbers = {};
    try {
      numbers = Object.fromEntries(Object.entries(JSON.parse(its.sizes || "{}")).map(([name, size]) => [name, String(size)]));
    } catch {
      // a damaged link has no sizes
    }
    return { ...its, question: Object.hasOwn(QUESTIONS, its.question) ? its.question : undefined, sizes: numbers };
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
  question.append(...Object.entries(QUESTIONS).map(([name, its]) => new Option(its.title, name)));
  for (const area of [model, other]) {
    area.addEventListener("input", () => {
      if (area === model) forget();
      fit();
      ask();
    });
  }
  value.addEventListener("input", ask);
  question.addEventListener("change", () => {
    turn();
    ask();
  });
  copies(part("link"), link);
  copies(part("difference").querySelector('[data-copies="latex"]'), () => shown.difference.latex);
  copies(part("difference").querySelector('[data-copies="markdown"]'), () => shown.difference.markdown);
  document.getElementById("live").hidden = false;
  addEventListener("hashchange", () => take(linked() || KNOWN.examples[0]));
  take(linked() || KNOWN.examples[0]);
  if (KNOWN.python) (self.requestIdleCallback || setTimeout)(prepare);
})();
