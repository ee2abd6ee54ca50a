"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (query, inside = document) => [...inside.querySelectorAll(query)];
  const run = document.body.dataset.run;
  const folded = (text) => text.toLowerCase().normalize("NFKC").replace(/\s+/g, " ").trim();

  // Kept in this browser, where it lets us; else only while the page is open.
  const memory = new Map();
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return memory.get(name) ?? null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { memory.set(name, value); } },
  };

  /* The view: what is filtered, searched and pinned. It lives in the fragment, so that it can be sent. */
  const findings = all("[data-kind]").map((node) => ({
    node,
    kind: node.dataset.kind,
    articles: node.dataset.in.split(" "),
    words: folded(node.textContent),
    counts: !node.id.startsWith("row-"),
  }));
  const kinds = all("[data-show]");
  const articles = all("[data-article]");
  const panes = all(".panes > .article");
  const search = $("search");
  const pressed = (buttons) => buttons.filter((one) => one.getAttribute("aria-pressed") === "true");
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  let pins = [];

  // The number in a finding's words, its row in the grid and its card, must all match alike.
  const matching = (query) => {
    const found = new Set();
    for (const one of findings) if (one.words.includes(query)) found.add(number(one.node));
    return found;
  };
  const number = (node) => node.id.replace(/^row-|^F/, "");

  const show = () => {
    const wanted = pressed(kinds).map((one) => one.dataset.show);
    const told = pressed(articles).map((one) => one.dataset.article);
    const query = folded(search.value);
    const found = query ? matching(query) : null;
    let n = 0, total = 0;
    for (const { node, kind, articles: inside, counts } of findings) {
      const fits = (!wanted.length || wanted.includes(kind)) && told.every((one) => inside.includes(one)) && (!found || found.has(number(node)));
      node.hidden = !fits;
      total += Number(counts);
      n += Number(counts && fits);
    }
    const isFiltered = Boolean(wanted.length || told.length || query);
    for (const section of all("main > section")) {
      const many = section.querySelector(".many");
      if (!many) continue;
      const inside = all(".finding", section);
      const left = inside.filter((one) => !one.hidden).length;
      many.textContent = isFiltered ? `${left} of ${inside.length}` : String(inside.length);
    }
    for (const chapter of all(".chapter")) {
      chapter.hidden = !chapter.querySelector(".finding:not([hidden])");
      if (query && !chapter.hidden) chapter.open = true;
    }
    $("shown").textContent = isFiltered ? `${n} of ${total} facts shown` : `${total} facts`;
    $("clear").hidden = !isFiltered;
    $("nothing").hidden = n > 0 || !isFiltered;
  };

  const pinned = () => {
    for (const pane of panes) {
      const on = pins.includes(pane.dataset.name);
      pane.hidden = pins.length > 0 && !on;
      pane.tabIndex = on ? 0 : -1;
      press(pane.querySelector(".pin"), on);
    }
    document.querySelector(".panes").classList.toggle("pinned", pins.length > 0);
    $("unpin").hidden = !pins.length;
    $("pinned").textContent = pins.length ? `${pins.length} of ${panes.length} articles pinned.` : "";
  };

  const fragment = (at) => {
    const state = new URLSearchParams();
    const names = { show: pressed(kinds).map((one) => one.dataset.show), in: pressed(articles).map((one) => one.dataset.name), pin: pins };
    for (const [name, values] of Object.entries(names)) if (values.length) state.set(name, values.join(","));
    if (search.value) state.set("q", search.value);
    if (at && state.size) state.set("at", at);
    return state.size ? `#?${state}` : at ? `#${at}` : "";
  };
  const here = () => location.pathname + location.search;
  const keep = (how, at = "") => {
    try { history[how](null, "", fragment(at) || here()); } catch { /* a page that may not: the view still changes */ }
  };

  // A fragment without "?" is a place on the page, and leaves the view as it is.
  const read = () => {
    if (location.hash && !location.hash.startsWith("#?")) return go(decodeURIComponent(location.hash.slice(1)));
    const state = new URLSearchParams(location.hash.slice(2));
    const listed = (name) => (state.get(name) ?? "").split(",").filter(Boolean);
    for (const one of kinds) press(one, listed("show").includes(one.dataset.show));
    for (const one of articles) press(one, listed("in").includes(one.dataset.name));
    pins = listed("pin").filter((name) => panes.some((pane) => pane.dataset.name === name)).slice(0, 2);
    search.value = state.get("q") ?? "";
    show();
    pinned();
    const at = $(state.get("at") ?? "");
    if (!pins.length) return at && go(at.id);
    $("texts").scrollIntoView();
    if (at) align(at);
  };

  /* Going somewhere: what hides the place is opened first. */
  const reveal = (node) => {
    for (let one = node; one; one = one.parentElement) {
      if (one.tagName === "DETAILS") one.open = true;
      if (one.hidden && one.matches(".article")) { pins = []; pinned(); }
      if (one.hidden && one.matches("[data-kind]")) clear();
    }
    if (node.matches(".finding") && node.firstElementChild?.tagName === "DETAILS") node.firstElementChild.open = true;
  };
  const go = (id) => {
    const node = $(id);
    if (!node) return;
    reveal(node);
    node.scrollIntoView({ block: node.matches("[id^='quote-']") ? "center" : "start" });
    if (node.matches(".finding")) focus(node);
  };
  const focus = (node) => {
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
  };

  const clear = () => {
    for (const one of [...kinds, ...articles]) press(one, false);
    search.value = "";
    show();
  };

  /* Two articles side by side, each at the words of one finding. */
  const claimsOf = (finding, pane) => all(".claim", finding).flatMap((claim) => all(`.ref[href="#${claim.id}"]`, pane));
  const align = (finding) => {
    for (const old of all("mark.here")) old.classList.remove("here");
    for (const pane of panes) {
      const refs = claimsOf(finding, pane);
      const marks = refs.map((ref) => ref.previousElementSibling).filter((one) => one?.tagName === "MARK");
      for (const mark of marks) mark.classList.add("here");
      if (marks.length && pins.includes(pane.dataset.name)) pane.scrollTop += marks[0].getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  };
  const beside = (finding) => {
    const names = panes.filter((pane) => claimsOf(finding, pane).length).map((pane) => pane.dataset.name);
    pins = names.slice(0, 2);
    pinned();
    keep("pushState", finding.id);
    $("texts").scrollIntoView();
    align(finding);
    focus(panes.find((pane) => pins.includes(pane.dataset.name)));
  };

  /* Findings one after another */
  const visible = () => all(".finding").filter((one) => !one.hidden && !one.parentElement.closest("[hidden]"));
  const step = (by) => {
    const stops = visible();
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement.closest(".finding"));
    const next = stops[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by, 0), stops.length - 1)];
    go(next.id);
    keep("replaceState", next.id);
  };
  const up = () => {
    const finding = document.activeElement.closest(".finding");
    const pane = document.activeElement.closest(".article");
    const marked = pane && pane.querySelector("mark.here");
    if (pane && marked) return go(marked.nextElementSibling?.hash.slice(1));
    const row = finding && $(`row-${number(finding)}`);
    if (!row) return go("grid");
    row.scrollIntoView({ block: "center" });
    row.querySelector("a")?.focus({ preventScroll: true });
  };

  /* Keys */
  const keys = $("keys");
  const help = (on) => {
    $("help").hidden = !on;
    $("help-toggle").setAttribute("aria-expanded", String(on));
  };
  const deeds = {
    j: () => step(1),
    k: () => step(-1),
    g: () => { go("grid"); document.querySelector(".scroll")?.focus({ preventScroll: true }); },
    u: up,
    "/": () => { search.scrollIntoView({ block: "nearest" }); search.focus(); },
    "?": () => { help($("help").hidden); if (!$("help").hidden) $("help").scrollIntoView({ block: "nearest" }); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      help(false);
      if (document.activeElement === search) search.blur();
      return;
    }
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey || !deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  });

  /* The reviewer's own judgement of each conflict */
  const LABELS = { conflict: "conflicting", agree: "agreeing", other: "unique", update: "unique", unsure: "partial" };
  const reviews = all(".review").map((node) => ({ node, card: node.closest(".card"), note: node.querySelector(".note input") }));
  const choice = (review) => all("input[type=radio]", review.node).find((one) => one.checked)?.value ?? "";
  const save = () => {
    const state = {};
    for (const one of reviews) if (choice(one) || one.note.value) state[one.card.dataset.id] = { choice: choice(one), note: one.note.value };
    kept.set(`checker-review-${run}`, JSON.stringify(state));
    judged();
  };
  const judged = () => {
    const n = reviews.filter(choice).length;
    if ($("judged")) $("judged").textContent = `${n} of ${reviews.length} judged`;
    if ($("download")) $("download").disabled = n === 0;
  };
  const restore = () => {
    let state = {};
    try { state = JSON.parse(kept.get(`checker-review-${run}`) ?? "{}") ?? {}; } catch { /* not ours: begin anew */ }
    for (const one of reviews) {
      const old = state[one.card.dataset.id];
      if (!old) continue;
      for (const radio of all("input[type=radio]", one.node)) radio.checked = radio.value === old.choice;
      one.note.value = String(old.note ?? "");
    }
    judged();
  };
  const rows = (one) => all(".why li[data-a]", one.card).map(({ dataset }) => {
    const label = LABELS[choice(one)];
    const notes = label === "conflicting" ? { aspect: dataset.aspect ?? null, between: dataset.between ?? null } : {};
    return JSON.stringify({
      id: `${one.card.dataset.id}:${dataset.a}:${dataset.b}`, a: dataset.a, b: dataset.b, text_a: dataset.textA, text_b: dataset.textB,
      label, ...notes, review: choice(one), note: one.note.value, group: one.card.dataset.id,
    });
  });
  const download = () => {
    const lines = reviews.filter(choice).flatMap(rows);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.map((line) => `${line}\n`).join("")], { type: "application/x-ndjson" }));
    link.download = "labels.jsonl";
    link.click();
    URL.revokeObjectURL(link.href);
  };

  /* What a click does */
  const toggle = (button) => { press(button, button.getAttribute("aria-pressed") !== "true"); show(); keep("pushState"); };
  const pin = (name) => {
    pins = pins.includes(name) ? pins.filter((one) => one !== name) : [...pins, name].slice(-2);
    pinned();
    keep("pushState");
  };
  for (const button of [...kinds, ...articles]) button.addEventListener("click", () => toggle(button));
  for (const pane of panes) pane.querySelector(".pin").addEventListener("click", () => pin(pane.dataset.name));
  for (const button of all(".beside")) button.addEventListener("click", () => beside(button.closest(".card")));
  for (const { node } of reviews) node.addEventListener("input", save);
  for (const pane of panes) pane.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    const ref = mark?.nextElementSibling;
    if (ref?.matches(".ref")) align($(ref.hash.slice(1))?.closest(".finding") ?? mark);
  });
  search.addEventListener("input", () => { show(); keep("replaceState"); });
  $("panel").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { clear(); keep("pushState"); search.focus(); });
  $("unpin").addEventListener("click", () => { pins = []; pinned(); keep("pushState"); $("texts").scrollIntoView(); });
  $("help-toggle").addEventListener("click", () => help($("help").hidden));
  $("download")?.addEventListener("click", download);
  keys.addEventListener("change", () => kept.set("checker-keys", keys.checked ? "on" : "off"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || !$(link.hash.slice(1))) return;
    event.preventDefault();
    keep("pushState", link.hash.slice(1));
    go(link.hash.slice(1));
  });
  window.addEventListener("popstate", read);
  window.addEventListener("beforeprint", () => { for (const one of all("details")) one.open = true; });

  keys.checked = kept.get("checker-keys") !== "off";
  for (const one of all(".panel, .tools, .review")) one.hidden = false;
  document.documentElement.classList.add("with-script");
  restore();
  show();
  read();
})();
