// The score sheet saves itself, one save at a time, each with the version of the last answer. A save whose answer
// was lost is sent again as it was before anything newer goes, so what the server kept is never taken for foreign.

const form = document.getElementById("sheet");
const PAUSE = 700; // milliseconds without a key before saving
const AGAIN = 3000; // milliseconds until the next try without a connection

let dirty = false; // typed since the last save began
let held = false; // refused or changed elsewhere: the expert decides, nothing is sent by itself
let running = null; // the promise of the saving under way
let timer = 0;

/** Wait, but no longer than until the connection is back. */
function later(milliseconds) {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
    addEventListener("online", done, { once: true });
  });
}

/** Put each part of the answer in the place of the part with the same id. */
function show(text) {
  const parts = new DOMParser().parseFromString(text, "text/html").body;
  for (const part of [...parts.children]) document.getElementById(part.id)?.replaceWith(part);
}

/** Say that nothing was saved; the page keeps what was typed. */
function lost() {
  const saved = document.getElementById("sheet-saved");
  saved.textContent = form.dataset.lost;
  saved.classList.add("lost");
}

/** Send one state of the sheet until an answer comes. */
async function deliver(data) {
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "sheet" } });
      if (answer.headers.get("X-Part") !== "sheet") throw new Error(answer.statusText);
      held = !answer.ok;
      show(await answer.text());
      return;
    } catch {
      lost();
      await later(AGAIN);
    }
  }
}

async function saveAll() {
  while (dirty && !held) {
    dirty = false;
    await deliver(new URLSearchParams(new FormData(form)));
  }
}

/** Save what is typed; resolves when all of it is saved or held. */
function flush() {
  clearTimeout(timer);
  running ??= saveAll().finally(() => {
    running = null;
  });
  return running.then(() => (dirty && !held ? flush() : undefined));
}

function typed() {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE);
}

/** Mark the key that equals what the field holds. */
function press(row) {
  const value = row.querySelector("input").value;
  for (const key of row.querySelectorAll("button")) key.setAttribute("aria-pressed", String(key.value === value));
}

function point(event) {
  const key = event.target.closest(".points button");
  if (!key) return;
  const field = key.parentElement.querySelector("input");
  field.value = key.value;
  press(key.parentElement);
  typed();
}

async function leave(url) {
  await flush();
  if (!held) location.assign(url);
}

/** Whether a question is answered by now, though the server may not have heard of it yet. */
function answered(field) {
  if (field.type === "radio") return Boolean(form.elements[field.name].value);
  return field.type === "number" && field.value !== "" && field.checkValidity();
}

/** Put the cursor into the first question that is not answered, else on the way to submitting. */
function firstMissing() {
  const lacks = [...form.querySelectorAll("[id^='lack_']:not(:empty)")];
  const fields = lacks.map((lack) => lack.closest(".field").querySelector("input, textarea"));
  (fields.find((field) => !answered(field)) ?? document.getElementById("to-submit")).focus();
}

function beside(rel) {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link) leave(link.href);
}

const KEYS = {
  KeyJ: () => beside("next"),
  KeyK: () => beside("prev"),
  KeyM: firstMissing,
  KeyR: () => document.getElementById("dossier").focus(),
};

function keyed(event) {
  const submits = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  const plainAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const act = submits ? () => leave(form.dataset.submit) : plainAlt ? KEYS[event.code] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
}

for (const row of form.querySelectorAll(".points")) {
  for (const key of row.querySelectorAll("button")) key.hidden = false;
  press(row);
  row.addEventListener("input", () => press(row));
}
document.getElementById("faults")?.focus();
form.addEventListener("input", typed);
form.addEventListener("click", point);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  held = false;
  dirty = true;
  flush();
});
document.addEventListener("keydown", keyed);
for (const link of document.querySelectorAll("a[data-leave]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave(link.href);
  });
}
addEventListener("beforeunload", (event) => {
  if (dirty || running) event.preventDefault();
});
