// The grid of a change of a budget: the answer of the server comes as one types, a pasted column fills the cells below,
// arrow keys move between them. Without script "Show who decides" asks for the answer.

const form = document.getElementById("adjust");
const cells = [...form.querySelectorAll("table.adjust input.input")];
const QUIET = 350; // milliseconds without typing before the server is asked

let timer = 0;
let asked = 0;

/** Put each element of the answer in the place of the one with its id. */
function place(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const fresh of answer.querySelectorAll("body > [id]")) document.getElementById(fresh.id)?.replaceWith(fresh);
}

function say(text) {
  const note = document.createElement("p");
  note.className = "small error";
  note.textContent = text;
  const shown = document.getElementById("decides");
  shown.querySelector(".small.error")?.remove();
  shown.append(note);
}

async function look() {
  const turn = ++asked;
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: new FormData(form), headers: { "X-Answer": "1" } });
    const html = await answer.text();
    if (turn !== asked) return; // a later answer is under way
    if (answer.ok && !answer.redirected) place(html);
    else say(form.dataset.broken);
  } catch {
    if (turn === asked) say(form.dataset.broken);
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, QUIET);
}

function paste(event) {
  const rows = event.clipboardData.getData("text").trim().split(/\r?\n/);
  if (rows.length < 2) return;
  event.preventDefault();
  const first = cells.indexOf(event.target);
  rows.slice(0, cells.length - first).forEach((row, at) => {
    cells[first + at].value = row.split("\t").at(-1).trim();
  });
  soon();
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = cells[cells.indexOf(event.target) + step];
  next?.focus();
  next?.select();
}

for (const cell of cells) {
  cell.addEventListener("input", soon);
  cell.addEventListener("paste", paste);
  cell.addEventListener("keydown", move);
}
if (cells.some((cell) => cell.value)) soon();
