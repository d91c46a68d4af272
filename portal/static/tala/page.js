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

document.addEventListener("input", count);
document.addEventListener("submit", sendOnce);
addEventListener("pageshow", comeBack);
