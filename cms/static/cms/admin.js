// The admin's date choosers, started without inline script: the templates of their widgets leave a mark beside each input.
const START = { date: "initDateChooser", datetime: "initDateTimeChooser", time: "initTimeChooser" };

function start() {
  for (const mark of document.querySelectorAll("[data-chooser]:not([data-started])")) {
    const chooser = window[START[mark.dataset.chooser]];
    if (!chooser) continue;
    mark.dataset.started = "";
    chooser(mark.dataset.of, JSON.parse(mark.dataset.config));
  }
}

start();
new MutationObserver(start).observe(document.body, { childList: true, subtree: true });
