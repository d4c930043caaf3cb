// What needs no page of its own: keys, search as one types, files that are dropped. Every page works without it.
"use strict";

const items = () => [...document.querySelectorAll("[data-item]")];
const current = () => document.querySelector("[data-current]");

/** Makes an item the one that keys act on. */
const choose = (item) => {
  current()?.removeAttribute("data-current");
  item.setAttribute("data-current", "");
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = items();
  if (all.length === 0) return;
  const at = all.indexOf(current());
  choose(all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)]);
};

/** The item that keys act on; where none was chosen the one of the page, if it has just one. */
const chosen = () => current() ?? (items().length === 1 ? items()[0] : null);
const act = (name) => chosen()?.querySelector(`form.${name} button`)?.click();
const follow = (selector) => {
  const item = chosen();
  const link = item?.matches("a") ? item : item?.querySelector(selector);
  if (link) location.href = link.href;
};

/** Goes to the first field of the forms that put the item of this page right. */
const edit = () => document.querySelector("#correct :is(input:not([type=hidden]), textarea, select)")?.focus();
// After the browser itself has gone to the part of the page that the address names.
if (location.hash === "#correct") window.addEventListener("load", () => setTimeout(edit));

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("q")?.focus(),
  a: () => act("accept"),
  x: () => act("reject"),
  e: () => (chosen()?.matches(".whole") ? edit() : follow("a.edit")),
  o: () => follow("a.source"),
  "?": () => (location.href = "/help"),
};

let isGoing = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (isTyping) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const go = isGoing ? [...document.querySelectorAll("nav a[data-key]")].find((room) => room.dataset.key === event.key) : undefined;
  isGoing = !isGoing && event.key === "g";
  if (go) {
    event.preventDefault();
    location.href = go.href;
  } else if (keys[event.key] && !isGoing) {
    event.preventDefault();
    keys[event.key]();
  }
});

// The item that has the focus is the one that keys act on.
document.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item && item !== current()) {
    current()?.removeAttribute("data-current");
    item.setAttribute("data-current", "");
  }
});

// Search as one types: the list of the same page, taken from the page that the form would lead to.
const live = document.querySelector("form[data-live]");
if (live) {
  let waiting;
  let asked = 0;
  const refresh = async () => {
    const mine = ++asked;
    const parameters = new URLSearchParams([...new FormData(live)].filter(([, value]) => value !== ""));
    const address = `${live.getAttribute("action")}${parameters.size ? `?${parameters}` : ""}`;
    const answer = await fetch(address);
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("found");
    if (!found || mine !== asked) return;
    document.getElementById("found").replaceWith(document.adoptNode(found));
    history.replaceState(null, "", address);
  };
  live.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 150);
  });
}

// Files that are dropped anywhere go where chosen ones go.
const token = document.querySelector("input[name=token]")?.value;
const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", async (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("dropping");
  let mine = token;
  if (!mine) {
    const page = new DOMParser().parseFromString(await (await fetch("/add")).text(), "text/html");
    mine = page.querySelector("input[name=token]")?.value;
  }
  const form = new FormData();
  form.append("token", mine ?? "");
  for (const file of event.dataTransfer.files) form.append("files", file, file.name);
  const answer = await fetch("/add", { method: "POST", body: form });
  location.href = answer.url || "/add";
});

// Words that are selected in an article fill the form that adds a statement.
const text = document.querySelector("[data-article]");
const field = document.querySelector("textarea[name=words]");
if (text && field) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection?.toString().trim();
    if (!words || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
    field.value = words;
    field.closest("details").open = true;
  });
}
