// Ticks from the server's clock: the difference to the reader's own clock is taken once and kept.

const MINUTE = 60_000;

function words(left, text) {
  const minutes = Math.floor(left / MINUTE);
  const values = {
    days: Math.floor(minutes / 1440),
    hours: Math.floor(minutes / 60) % 24,
    minutes: minutes % 60,
  };
  if (left <= 0) return text.over;
  const fill = (pattern) => pattern.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  if (values.days > 0) return fill(text.days);
  if (minutes >= 60) return fill(text.hours);
  values.minutes = Math.ceil(left / MINUTE);
  return fill(text.minutes);
}

for (const clock of document.querySelectorAll("[data-countdown]")) {
  const { now, deadline } = clock.dataset;
  const arrived = performance.now();
  const tick = () => {
    const left = Number(deadline) - Number(now) - (performance.now() - arrived);
    clock.textContent = words(left, clock.dataset);
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
