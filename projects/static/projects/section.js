// One section of a proposal: saves itself, keeps what did not reach the server, shows who is here and the clock.
// Without script the form is saved with its buttons.

const form = document.getElementById("section");
const said = document.getElementById("saved");
const QUIET = 1500; // milliseconds without typing before a save
const AGAIN = 5000; // before the next try without a connection
const PRESENT = 20000;
const drawer = `tala:${location.pathname}`;

let timer = 0;
let sending = null;
let dirty = false;
let halted = false;

function entries() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
}

function keep() {
  try {
    localStorage.setItem(drawer, JSON.stringify(entries()));
  } catch {
    // A full store must not stop the writing; the text is still in the page.
  }
}

function say(text, bad = false) {
  said.textContent = text;
  said.classList.toggle("error", bad);
}

function changed(event) {
  if (event.target.type === "file" || event.target.name?.startsWith("pick-")) return;
  dirty = true;
  keep();
  plan(QUIET);
}

function plan(wait) {
  clearTimeout(timer);
  if (!halted) timer = setTimeout(save, wait);
}

/** Put each element of the answer in the place of the one with its id; what is being typed is not touched. */
function place(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const fresh of answer.querySelectorAll("body > [id]")) document.getElementById(fresh.id)?.replaceWith(fresh);
  mark();
}

/** A field is marked where its notes name a fault. */
function mark() {
  for (const notes of document.querySelectorAll(".notes")) {
    notes.closest(".field")?.classList.toggle("bad", notes.querySelector(".error") !== null);
  }
}

async function save() {
  if (sending || !dirty || halted) return sending;
  dirty = false;
  say(form.dataset.saving);
  sending = send();
  await sending;
  sending = null;
  if (dirty) plan(QUIET);
}

/** Each save of this page has its number, so that the server knows the page's own text when an answer got lost. */
function count() {
  form.elements.turn.value = Number(form.elements.turn.value) + 1;
}

async function send() {
  count();
  const body = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
  body.set("do", "save");
  let response;
  try {
    response = await fetch(form.action || location.href, { method: "POST", body, headers: { "X-Autosave": "1" } });
    if (response.redirected || response.status >= 500) throw new Error(String(response.status));
  } catch {
    dirty = true;
    say(form.dataset.lost, true);
    plan(AGAIN);
    return;
  }
  const html = await response.text();
  if (response.ok) {
    if (!dirty) localStorage.removeItem(drawer);
    replaceSaved(html);
  } else {
    halted = true;
    say(form.dataset.refused, true);
    if (html.includes('id="late"') && !html.includes("<!doctype")) place(html);
  }
}

function replaceSaved(html) {
  place(html);
  const fresh = document.getElementById("saved");
  said.textContent = fresh.textContent;
  said.classList.remove("error");
  if (fresh !== said) fresh.replaceWith(said);
}

/** What was typed last is saved before the form is sent, so that it neither collides with itself nor gets lost. */
async function submitted(event) {
  clearTimeout(timer);
  if (!sending && !dirty) {
    count();
    halted = true;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  await sending;
  await save();
  if (dirty && !halted) return; // no connection: the page stays, the text is tried again
  dirty = false;
  // A form cannot be sent again while its submit event is still under way.
  const button = standing(event.submitter);
  if (button !== undefined) setTimeout(() => form.requestSubmit(button));
}

/** The button that was pressed, or the one that the save put in its place; undefined when what it asked is gone. */
function standing(pressed) {
  if (!pressed || pressed.isConnected) return pressed ?? null;
  return [...form.querySelectorAll("button")].find((one) => one.name === pressed.name && one.value === pressed.value);
}

/** Whether following the link would leave this page with text that has not arrived. */
function leaves(link, event) {
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target;
  return !elsewhere && !link.getAttribute("href").startsWith("#") && (sending || dirty);
}

/** A link waits until what was typed last has arrived. Who was told before that it cannot be sent may go; it is kept. */
async function left(event) {
  const link = event.target.closest("a[href]");
  if (!link || !leaves(link, event)) return;
  event.preventDefault();
  clearTimeout(timer);
  const warned = said.classList.contains("error");
  await sending;
  await save();
  if (!dirty || halted || warned) location.assign(link.href);
}

/** Text of an earlier visit that never reached the server is offered again. */
function offer() {
  const stored = localStorage.getItem(drawer);
  if (!stored) return;
  const kept = JSON.parse(stored);
  const now = new Map(entries());
  const differs = kept.some(([name, value]) => name.startsWith("f-") && (now.get(name) ?? "") !== value);
  if (!differs) {
    localStorage.removeItem(drawer);
    return;
  }
  const note = document.getElementById("kept");
  note.hidden = false;
  document.getElementById("bring-back").addEventListener("click", () => {
    bringBack(kept);
    note.hidden = true;
  });
  document.getElementById("let-go").addEventListener("click", () => {
    localStorage.removeItem(drawer);
    note.hidden = true;
  });
}

function bringBack(kept) {
  for (const [name, value] of kept) {
    if (!name.startsWith("f-")) continue;
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = input.checked || input.value === value;
      else input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

async function present() {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const response = await fetch(form.dataset.presence, { method: "POST", body });
    if (response.ok && !response.redirected) place(await response.text());
  } catch {
    // Who is here is told again with the next round.
  }
  drift = undefined;
}

let drift;

/** The clock runs by the server's time: the difference is taken from what it told last. */
function tick() {
  const clock = document.getElementById("clock");
  if (!clock?.dataset.limit) return;
  drift ??= Date.parse(clock.dataset.now) - Date.now();
  const left = Date.parse(clock.dataset.limit) - Date.now() - drift;
  if (left <= 0) {
    clock.textContent = form.dataset.over;
    clock.className = "badge no";
    return;
  }
  const minutes = Math.floor(left / 60000);
  const parts = { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
  clock.textContent = form.dataset.left.replace(/\{(\w+)\}/g, (_whole, name) => parts[name]);
}

/** On the page that shows two versions, what is chosen there replaces what this browser kept. */
if (form && "conflict" in form.dataset) {
  form.addEventListener("submit", () => localStorage.removeItem(drawer));
} else if (form) {
  offer();
  mark();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", submitted, { capture: true });
  document.addEventListener("click", left);
  addEventListener("online", () => plan(0));
  addEventListener("pageshow", () => { halted = false; });
  setInterval(present, PRESENT);
  setInterval(tick, 1000);
}
