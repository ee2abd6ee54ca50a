"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (query, inside = document) => [...inside.querySelectorAll(query)];

  // Kept in this browser, where it lets us; else only while the page is open.
  const memory = new Map();
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return memory.get(name) ?? null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { memory.set(name, value); } },
  };

  // As a reader would type it: without case, accents, ligatures and the shapes of quotation marks.
  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").replace(/[“”„]/g, '"').toUpperCase().replace(/\s+/g, " ").trim();
  // The words of the articles and about them, not those of the buttons.
  const wordsOf = (...nodes) => nodes.filter(Boolean).map((node) => {
    const copy = node.cloneNode(true);
    for (const one of all(".unseen, .live, .decided, .tools, .review", copy)) one.remove();
    return folded(copy.textContent);
  }).join(" ");

  /* The view: what is filtered, searched and pinned. It lives in the fragment, so that it can be sent. */
  const findings = all(".finding").map((node) => {
    const { kind, in: inside } = node.dataset;
    return { node, row: $(`row-${node.id.slice(1)}`), kind, articles: inside.split(" ") };
  });
  const chapters = all(".chapter").map((node) => ({ node, many: node.querySelector("summary .soft"), words: node.querySelector("summary .soft").textContent }));
  const kinds = all("[data-show]");
  const articles = all("[data-article]");
  const pinners = all("[data-pin]");
  const panes = all(".panes > .article");
  const table = document.querySelector(".scroll");
  const search = $("search");
  const isPressed = (button) => button.getAttribute("aria-pressed") === "true";
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  let pins = [];

  const show = () => {
    const wanted = kinds.filter(isPressed).map((one) => one.dataset.show);
    const told = articles.filter(isPressed).map((one) => one.dataset.article);
    const query = folded(search.value);
    const isFiltered = Boolean(wanted.length || told.length || query);
    for (const one of findings) {
      const fits = (!wanted.length || wanted.includes(one.kind)) && told.every((name) => one.articles.includes(name));
      // The words are gathered at the first search.
      one.node.hidden = !(fits && (!query || (one.words ??= wordsOf(one.node, one.row)).includes(query)));
      if (one.row) one.row.hidden = one.node.hidden;
    }
    // What somebody accepted is no part of a count; the heading tells it apart.
    const shown = (inside) => all(".finding:not([hidden], [data-accepted])", inside).length;
    for (const many of all(".many")) {
      const section = many.closest("section");
      const total = all(".finding:not([data-accepted])", section).length;
      many.textContent = isFiltered ? `${shown(section)} of ${total}` : String(total);
    }
    for (const { node, many, words } of chapters) {
      node.hidden = !node.querySelector(".finding:not([hidden])");
      many.textContent = isFiltered ? `${shown(node)} of ${words}` : words;
      if (query && !node.hidden) node.open = true;
    }
    const n = all(".finding:not([hidden])").length;
    if (table) table.hidden = !table.querySelector("tbody tr:not([hidden])");
    $("shown").textContent = isFiltered ? `${n} of ${findings.length} facts shown` : `${n} ${n === 1 ? "fact" : "facts"}`;
    $("clear").hidden = !isFiltered;
    $("nothing").hidden = n > 0 || !isFiltered;
    $("below").hidden = n === 0 || !table?.hidden;
  };
  const clear = () => {
    for (const one of [...kinds, ...articles]) press(one, false);
    search.value = "";
    show();
  };

  const isPinned = (pane) => pins.includes(pane.dataset.name);
  const pinned = () => {
    for (const pane of panes) {
      pane.hidden = pins.length > 0 && !isPinned(pane);
      pane.tabIndex = isPinned(pane) ? 0 : -1;
    }
    for (const button of pinners) press(button, pins.includes(button.dataset.name));
    document.querySelector(".panes").classList.toggle("pinned", pins.length > 0);
    $("unpin").hidden = !pins.length;
    $("pinned").textContent = pins.length ? `${pins.length} of ${panes.length} articles pinned.` : "";
  };

  const fragment = (at) => {
    const state = new URLSearchParams();
    for (const one of kinds.filter(isPressed)) state.append("show", one.dataset.show);
    for (const one of articles.filter(isPressed)) state.append("in", one.dataset.name);
    for (const name of pins) state.append("pin", name);
    if (search.value) state.append("q", search.value);
    if (at && state.size) state.append("at", at);
    return state.size ? `#?${state}` : at ? `#${at}` : location.pathname + location.search;
  };
  const keep = (how, at = "") => {
    try { history[how](null, "", fragment(at)); } catch { /* a page that may not: the view still changes */ }
  };
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return ""; } };

  // A fragment is the whole view: "#?…", or the name of a place with nothing filtered or pinned.
  const read = (back) => {
    const isView = location.hash.startsWith("#?");
    const state = new URLSearchParams(isView ? location.hash.slice(2) : "");
    const listed = (name) => state.getAll(name).flatMap((value) => [value, ...value.split(",")]);
    for (const one of kinds) press(one, listed("show").includes(one.dataset.show));
    for (const one of articles) press(one, listed("in").includes(one.dataset.name));
    pins = [...new Set(listed("pin"))].filter((name) => panes.some((pane) => pane.dataset.name === name)).slice(0, 2);
    search.value = state.get("q") ?? "";
    show();
    pinned();
    const at = $(isView ? state.get("at") ?? "" : decoded(location.hash.slice(1)));
    if (pins.length && (at ? at.matches(".finding") : !back)) compare(at, "instant");
    else if (at) go(at, "instant");
  };

  /* Going somewhere: what hides the place is opened first. */
  // Nothing is to end under the filters, which stay at the top of a wide window.
  const room = () => {
    const stays = getComputedStyle($("panel")).position === "sticky";
    document.documentElement.style.scrollPaddingTop = stays ? `${$("panel").offsetHeight + 16}px` : "";
  };
  const reveal = (node) => {
    for (let one = node; one; one = one.parentElement) {
      if (one.tagName === "DETAILS") one.open = true;
      if (one.hidden && one.matches(".article")) { pins = []; pinned(); }
      if (one.hidden && one.matches(".finding, tr")) clear();
    }
    const inner = node.firstElementChild;
    if (node.matches(".finding") && inner?.tagName === "DETAILS") inner.open = true;
  };
  const focus = (node) => {
    if (!node.matches("a, button, input, [tabindex]")) node.tabIndex = -1;
    node.focus({ preventScroll: true });
  };
  const go = (node, behavior = "auto") => {
    reveal(node);
    const claim = /^quote-(\d+)-/.exec(node.id);
    if (claim) point([`claim-${claim[1]}`]);
    room();
    node.scrollIntoView({ block: claim ? "center" : "start", behavior });
    focus(node);
  };

  /* The articles: each marked stretch is quoted by claims. */
  const quoted = new Map();
  for (const pane of panes) {
    const open = [];
    for (const node of all("[id^='quote-'], mark, .ref", pane)) {
      if (node.matches("mark")) quoted.set(node, [...open]);
      else if (node.matches(".ref")) open.splice(open.indexOf(node.hash.slice(1)), 1);
      else open.push(`claim-${node.id.split("-")[1]}`);
    }
  }
  const marksOf = (claims, pane) => all("mark", pane).filter((mark) => quoted.get(mark).some((one) => claims.includes(one)));
  const claimsOf = (finding) => all(".claim", finding).map((one) => one.id);
  const findingOf = (claim) => $(claim).closest(".finding");
  let pointed = null;
  const point = (claims) => {
    pointed = findingOf(claims[0]);
    for (const [mark, names] of quoted) mark.classList.toggle("here", names.some((one) => claims.includes(one)));
  };

  // Scrolls each pinned article, except one that stays, to what the finding quotes there.
  const align = (finding, staying) => {
    const { a, b } = finding.querySelector(".beside")?.dataset ?? {};
    point(claimsOf(finding));
    for (const pane of panes.filter((one) => isPinned(one) && one !== staying)) {
      const mark = marksOf([a, b], pane)[0] ?? pane.querySelector("mark.here");
      if (!mark) continue;
      const head = pane.querySelector("header").offsetHeight;
      pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - head - (pane.clientHeight - head) / 4;
    }
  };
  const compare = (finding, behavior = "auto") => {
    room();
    $("pins").scrollIntoView({ behavior });
    if (finding) align(finding);
    focus(panes.find(isPinned));
  };
  const beside = (button) => {
    const finding = button.closest(".finding");
    const { a, b } = button.dataset;
    pins = panes.filter((pane) => marksOf([a, b], pane).length).map((pane) => pane.dataset.name);
    pinned();
    keep("pushState", finding.id);
    compare(finding);
  };
  // Of several findings that quote the same words, the one that the other pinned article tells too.
  const follow = (mark, pane) => {
    const others = panes.filter((one) => isPinned(one) && one !== pane);
    const near = quoted.get(mark).map(findingOf);
    const told = near.find((finding) => others.some((other) => marksOf(claimsOf(finding), other).length));
    if (near.length) align(told ?? near[0], pane);
  };

  /* Findings one after another */
  let last = null;
  const step = (by) => {
    const stops = findings.map((one) => one.node).filter((one) => !one.hidden);
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement.closest(".finding") ?? last);
    const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1);
    last = stops[next];
    go(last);
    keep("replaceState", last.id);
  };
  const up = () => {
    const active = document.activeElement;
    if (pointed && active.closest(".article")?.querySelector("mark.here")) return go(pointed);
    const row = findings.find((one) => one.node.contains(active))?.row;
    if (!row) return grid();
    row.scrollIntoView({ block: "center" });
    row.querySelector("a").focus({ preventScroll: true });
  };
  const grid = () => {
    go($("grid"));
    table?.focus({ preventScroll: true });
  };

  /* Keys */
  const keys = $("keys");
  const help = (on) => {
    if (!on && $("help").contains(document.activeElement)) $("help-toggle").focus();
    $("help").hidden = !on;
    $("help-toggle").setAttribute("aria-expanded", String(on));
    if (on) $("help").scrollIntoView({ block: "nearest" });
  };
  const deeds = {
    j: () => step(1),
    k: () => step(-1),
    g: grid,
    u: up,
    "/": () => { search.scrollIntoView({ block: "nearest" }); search.focus(); },
    "?": () => help($("help").hidden),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      help(false);
      if (document.activeElement === search) search.blur();
      return;
    }
    const typing = event.target.closest("input:not([type=radio], [type=checkbox])");
    if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey || !deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  });

  /* The reviewer's own judgement of each finding with a conflict in it */
  const LABELS = { conflict: "conflicting", agree: "agreeing", other: "unique", update: "unique", unsure: "partial" };
  const reviews = all(".review").map((node) => ({ node, finding: node.closest(".finding"), note: node.querySelector(".note input") }));
  const choice = (review) => review.node.querySelector("input[type=radio]:checked")?.value ?? "";
  const judged = () => {
    if (!reviews.length) return;
    const n = reviews.filter(choice).length;
    $("judged").textContent = `${n} of ${reviews.length} judged`;
    $("download").disabled = n === 0;
  };
  // Each under the id of its own finding, so that it outlives what changes elsewhere in the report.
  const place = (one) => `checker-review-${one.finding.dataset.id}`;
  const save = (one) => {
    kept.set(place(one), JSON.stringify({ choice: choice(one), note: one.note.value }));
    judged();
  };
  const restore = () => {
    for (const one of reviews) {
      let old = null;
      try { old = JSON.parse(kept.get(place(one))); } catch { /* not ours: begin anew */ }
      if (!old) continue;
      for (const radio of all("input[type=radio]", one.node)) radio.checked = radio.value === old.choice;
      one.note.value = String(old.note ?? "");
    }
    judged();
  };
  const rows = (one) => all(".why li[data-a]", one.finding).map(({ dataset }) => {
    const label = LABELS[choice(one)];
    const notes = label === "conflicting" ? { aspect: dataset.aspect ?? null, between: dataset.between ?? null } : {};
    return JSON.stringify({
      id: `${one.finding.dataset.id}:${dataset.a}:${dataset.b}`, a: dataset.a, b: dataset.b, text_a: dataset.textA, text_b: dataset.textB,
      label, ...notes, review: choice(one), note: one.note.value, group: one.finding.dataset.id,
    });
  });
  const download = () => {
    const lines = reviews.filter(choice).flatMap(rows);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.map((line) => `${line}\n`).join("")], { type: "application/x-ndjson" }));
    link.download = "labels.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  /* What a click does */
  const toggle = (button) => { press(button, !isPressed(button)); show(); keep("pushState"); };
  const pin = (name) => {
    pins = pins.includes(name) ? pins.filter((one) => one !== name) : [...pins, name].slice(-2);
    pinned();
    keep("pushState");
  };
  for (const button of [...kinds, ...articles]) button.addEventListener("click", () => toggle(button));
  for (const button of pinners) button.addEventListener("click", () => pin(button.dataset.name));
  for (const button of all(".beside")) button.addEventListener("click", () => beside(button));
  for (const one of reviews) one.node.addEventListener("input", () => save(one));
  for (const pane of panes) pane.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && getSelection().isCollapsed) follow(mark, pane);
  });
  search.addEventListener("input", () => { show(); keep("replaceState"); });
  $("panel").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { clear(); keep("pushState"); search.focus(); });
  $("unpin").addEventListener("click", () => { pins = []; pinned(); keep("pushState"); go($("texts")); });
  $("help-toggle").addEventListener("click", () => help($("help").hidden));
  $("download")?.addEventListener("click", download);
  keys.addEventListener("change", () => kept.set("checker-keys", keys.checked ? "on" : "off"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const node = link && $(link.hash.slice(1));
    if (!node || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    reveal(node);
    keep("pushState", node.id);
    go(node);
  });
  window.addEventListener("popstate", read);

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; });

  keys.checked = kept.get("checker-keys") !== "off";
  for (const one of all(".panel, .tools, .review")) one.hidden = false;
  document.documentElement.classList.add("with-script");
  restore();
  new ResizeObserver(room).observe($("panel"));
  read();
})();
