// The list of works: all of them are chosen with one box, and what is being read is followed until it has ended.

const all = document.querySelector(".choose-all");
const boxes = [...document.querySelectorAll(".works input[type=checkbox]")];
if (all) {
  const box = all.querySelector("input");
  all.hidden = false;
  box.addEventListener("change", () => { for (const each of boxes) each.checked = box.checked; });
  for (const each of boxes) each.addEventListener("change", () => {
    box.checked = boxes.every((one) => one.checked);
    box.indeterminate = !box.checked && boxes.some((one) => one.checked);
  });
}

const working = document.getElementById("working");
const EVERY = 1000;

async function follow() {
  const list = working.querySelector("ul");
  for (;;) {
    await new Promise((done) => setTimeout(done, EVERY));
    const answer = await fetch(working.dataset.poll, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = new Map((await answer.json()).rows.map((row) => [row.key, row.markup]));
    for (const item of [...list.children]) {
      const markup = now.get(item.dataset.arrival);
      if (!markup) item.dataset.done = "";
      else if (markup !== item.outerHTML) item.outerHTML = markup;
    }
    if ([...list.children].every((item) => "done" in item.dataset)) break;
  }
  // What has become a draft is on the list below, once it is loaded again; nothing that was chosen is let go for that.
  if (!boxes.some((box) => box.checked) && !document.activeElement?.matches("input, select, a")) location.reload();
}
if (working) follow();
