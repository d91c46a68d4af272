// The score sheet: tells when saving failed and tries again; Ctrl+Enter leads to submitting. htmx does the saving.

const form = document.getElementById("sheet");
const AGAIN = 5000; // milliseconds until the next try without a connection

/** Say that nothing was saved, keep the page's text as it is, and try again. */
function lost() {
  const status = document.querySelector("#sheet-status .small");
  if (status) status.textContent = form.dataset.lost;
  setTimeout(() => form.dispatchEvent(new Event("change", { bubbles: true })), AGAIN);
}

/** Ctrl+Enter or Command+Enter goes to the confirmation. */
function key(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  location.assign(form.dataset.submit);
}

form.addEventListener("htmx:sendError", lost);
form.addEventListener("htmx:responseError", lost);
document.addEventListener("keydown", key);
