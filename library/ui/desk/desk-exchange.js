// While an import is at work, its page is fetched again; without script a link does the same.
const waiting = document.querySelector("[data-again]");
if (waiting) setTimeout(() => location.replace(waiting.dataset.again), 2000);
