// What every page does when there is script; each part also works without it.

/** Keep the counters of text fields in step with what is typed. */
function count(event) {
  const counter = document.querySelector(`[data-count-of="${CSS.escape(event.target.id)}"]`);
  if (!counter) return;
  const length = [...event.target.value].length;
  const most = Number(counter.dataset.most);
  counter.textContent = `${length} / ${most}`;
  counter.classList.toggle("over", length > most);
}

/** A form is sent once: a second press while the first is under way does nothing. */
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sending) event.preventDefault();
  form.dataset.sending = "1";
}

function comeBack() {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
}

/** The mend of an amount is typed in place: the page stays where it is, and a chosen file stays chosen. */
function retype(event) {
  const button = event.target.closest("button[name='mend']");
  const [name, typed] = button?.value.split("=") ?? [];
  const input = button?.form.elements.namedItem(name);
  if (!(input instanceof HTMLInputElement)) return; // a row of a list is mended by the server
  event.preventDefault();
  input.value = typed;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
  settle(input);
  button.closest(".question").remove();
}

/** The fault of a field goes with what was faulty. */
function settle(input) {
  const fault = document.getElementById(`${input.id}_error`);
  if (!fault) return;
  fault.remove();
  input.removeAttribute("aria-invalid");
  input.closest(".field").classList.remove("bad");
}

document.addEventListener("click", retype);
document.addEventListener("input", count);
document.addEventListener("submit", sendOnce);
addEventListener("pageshow", comeBack);
