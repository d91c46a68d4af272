// Tables of inputs: arrow keys and Enter move between rows, what was copied from a spreadsheet fills the cells from the
// one it is pasted into. Without script each cell is typed on its own.

const form = document.getElementById("section");
const TABLES = "table.budget, fieldset table";
const STEPS = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };

function rowsOf(table) {
  return [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]).filter((row) => row.length);
}

/** Where an input stands: its table's rows, its row and its column. */
function placeOf(input) {
  const rows = rowsOf(input.closest("table"));
  const at = rows.findIndex((row) => row.includes(input));
  return { rows, at, column: rows[at].indexOf(input) };
}

function move(event) {
  const step = STEPS[event.key];
  if (!step || event.isComposing || !event.target.matches("input") || !event.target.closest(TABLES)) return;
  event.preventDefault();
  const { rows, at, column } = placeOf(event.target);
  const next = rows[at + step]?.[column];
  next?.focus();
  next?.select();
}

/** One row more below the last one of a table that can grow; nothing where it cannot. */
function grow(table) {
  const last = [...table.querySelectorAll("tbody tr")].at(-1);
  const button = last.querySelector("button[name='do']");
  if (!button) return false;
  const fresh = last.cloneNode(true);
  const number = Number(button.value.split(":").at(-1));
  const name = button.value.split(":")[1];
  fresh.querySelector("button[name='do']").value = `remove:${name}:${number + 1}`;
  for (const input of fresh.querySelectorAll("input")) {
    input.name = input.name.replace(`f-${name}-${number}-`, `f-${name}-${number + 1}-`);
    input.value = "";
    input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, number + 2));
  }
  last.after(fresh);
  return true;
}

function paste(event) {
  const table = event.target.closest(TABLES);
  if (!table) return;
  const copied = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
  if (copied.length < 2 && copied[0].length < 2) return;
  event.preventDefault();
  const { at, column } = placeOf(event.target);
  copied.forEach((cells, below) => {
    let row = rowsOf(table)[at + below];
    if (!row && grow(table)) row = rowsOf(table).at(-1);
    if (row) fill(row.slice(column), cells);
  });
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Cells beyond the row are its heading, copied along: they are left out at the front. */
function fill(inputs, cells) {
  const values = cells.slice(Math.max(0, cells.length - inputs.length));
  values.forEach((value, at) => {
    inputs[at].value = value.trim();
  });
}

form?.addEventListener("keydown", move);
form?.addEventListener("paste", paste);
