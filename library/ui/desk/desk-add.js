// Files are sent one by one, each with its progress; how far the library is with them is asked for until all have ended.
import { say } from "./desk-say.js";

const form = document.getElementById("drop");
const sent = document.getElementById("sent");
const list = document.getElementById("arrivals");
const words = form.dataset;
const AT_ONCE = 2, EVERY = 700;
const waiting = [];
let sending = 0, asked = false;

form.classList.add("with-script");
for (const input of form.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
}
form.addEventListener("submit", (event) => event.preventDefault());

for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  form.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = entries.length ? (await Promise.all(entries.map(inside))).flat() : [...event.dataTransfer.files];
  take(files);
});

/** The files of what was dropped; of a folder, all that are in it. */
async function inside(entry) {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return (await Promise.all(found.map(inside))).flat();
    found.push(...some);
  }
}

/** With the folders it came in. */
const nameOf = (file) => file.webkitRelativePath || file.name;

function take(files) {
  const wanted = files.filter((file) => !file.name.startsWith("."));
  for (const file of wanted) waiting.push({ file, row: row(nameOf(file)) });
  if (wanted.length) sent.hidden = false;
  next();
}

function row(name) {
  const item = document.createElement("li");
  item.className = "arrival";
  item.dataset.step = "sending";
  const title = Object.assign(document.createElement("p"), { className: "arrival-name" });
  title.append(Object.assign(document.createElement("bdi"), { textContent: name }));
  const state = Object.assign(document.createElement("p"), { className: "arrival-state" });
  const badge = Object.assign(document.createElement("span"), { className: "badge", textContent: words.sending });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", name);
  state.append(badge, bar);
  item.append(title, state);
  list.append(item);
  return item;
}

function next() {
  while (sending < AT_ONCE && waiting.length) send(waiting.shift());
}

function send({ file, row }) {
  if (file.size > Number(words.most)) return fail(row, words.too_large);
  sending += 1;
  const query = new URLSearchParams({ name: nameOf(file), batch: form.elements.batch.value });
  const request = new XMLHttpRequest();
  request.open("POST", `${words.receive}?${query}`);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-Form-Token", form.elements[words.token].value);
  request.upload.onprogress = (event) => { row.querySelector("progress").value = event.loaded / event.total; };
  request.onloadend = () => {
    sending -= 1;
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not ours: said below */ }
    if (request.status === 200 && answer.rows) place(answer.rows, row);
    else fail(row, answer.error ?? words.broken);
    next();
    if (!sending && !waiting.length) say(words.all_sent);
    poll();
  };
  request.send(file);
}

function fail(row, why) {
  row.dataset.done = "";
  const badge = row.querySelector(".badge");
  badge.classList.add("bad");
  badge.textContent = why;
  row.querySelector("progress")?.remove();
}

/** Put rows that the library wrote in their places; the first takes that of the file it stands for. */
function place(rows, instead) {
  for (const { key, markup } of rows) {
    const there = list.querySelector(`[data-arrival="${CSS.escape(key)}"]`), known = there ?? instead;
    // How far all are may be told before the answer to the sending of this one is here: then it has two rows.
    if (there && instead !== there) instead?.remove();
    const template = document.createElement("template");
    template.innerHTML = markup;
    const fresh = template.content.firstElementChild;
    if (known?.isConnected && known.outerHTML === fresh.outerHTML) continue;
    if (known?.isConnected && (known !== instead || !known.dataset.arrival)) {
      if (known.contains(document.activeElement)) continue;
      if (!("done" in known.dataset) && "done" in fresh.dataset) say(fresh.textContent.trim());
      known.replaceWith(fresh);
    } else list.append(fresh);
    instead = null;
  }
}

const busy = () => [...list.children].some((item) => !("done" in item.dataset));

async function poll() {
  if (asked) return;
  asked = true;
  try {
    while (busy()) {
      const answer = await fetch(sent.dataset.poll, { headers: { Accept: "application/json" } });
      if (!answer.ok) break;
      place((await answer.json()).rows);
      await new Promise((done) => setTimeout(done, EVERY));
    }
  } finally {
    asked = false;
  }
}
if (list.children.length) poll();
