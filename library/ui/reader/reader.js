// The reader: opens the file with pdf.js at the page asked for, and keeps page, places found, panel and address in step.

import { fill, Hits } from "./reader-hits.js";
import { listenToKeys } from "./reader-keys.js";
import { layMarks } from "./reader-marks.js";
import { isNarrow, openTab, panelShown, showPanel } from "./reader-panel.js";
import { Thumbs } from "./reader-thumbs.js";

const byId = (id) => document.getElementById(id);
const opened = JSON.parse(byId("opened").textContent);
const parts = new URL(opened.parts, document.baseURI).href;
const stage = byId("stage");
const SETTLED = 250; // milliseconds without scrolling before the address follows

opened.address = (page) => {
  const params = new URLSearchParams({ id: opened.id, language: opened.language, page });
  if (hits?.query ?? opened.query) params.set("q", hits?.query ?? opened.query);
  if (opened.ui) params.set("ui", opened.ui);
  opened.narrow.forEach((topic) => params.append("narrow", topic));
  return `read?${params}`;
};

// Instead of the document: that it cannot be shown, with the way to the file itself.
function tellBroken() {
  const words = byId("waiting");
  const link = byId("download").cloneNode(false);
  link.removeAttribute("aria-label");
  Object.assign(link, { id: "", className: "", textContent: byId("download").title });
  words.replaceChildren(`${opened.texts.broken} `, link);
  words.hidden = false;
  say(opened.texts.broken);
  document.documentElement.dataset.opened = "true";
}

async function engine() {
  try {
    const core = await import(`${parts}legacy/build/pdf.min.mjs`); // the viewer looks for it
    return [core, await import(`${parts}legacy/web/pdf_viewer.mjs`)];
  } catch (error) {
    tellBroken();
    throw error;
  }
}

const [pdfjs, { EventBus, LinkTarget, PDFLinkService, PDFViewer }] = await engine();
pdfjs.GlobalWorkerOptions.workerSrc = `${parts}legacy/build/pdf.worker.min.mjs`;
pdfjs.GlobalWorkerOptions.rendererSrc = `${parts}legacy/build/pdf.renderer.min.mjs`;

const bus = new EventBus();
const links = new PDFLinkService({ eventBus: bus, externalLinkTarget: LinkTarget.BLANK, externalLinkRel: "noopener noreferrer" });
const viewer = new PDFViewer({
  container: stage, viewer: byId("viewer"), eventBus: bus, linkService: links, removePageBorders: true,
  annotationEditorMode: pdfjs.AnnotationEditorType.DISABLE,
});
links.setViewer(viewer);

let thumbs = null;
let wanted = null; // a place to show as soon as its page has its marks
const laid = new Map(); // page → its layer of marks

function say(words) {
  byId("said").textContent = words;
}

// Marks

function mark(number) {
  const page = viewer.getPageView(number - 1);
  const text = page?.textLayer?.div;
  if (!text?.isConnected || !text.childElementCount) return;
  let known = laid.get(number);
  if (!known) {
    known = layMarks(text, hits.forms(number));
    laid.set(number, known);
  }
  if (known.layer.parentNode !== page.div) text.before(known.layer);
  if (wanted?.page === number) focusOn(known.marks);
}

function focusOn(marks) {
  const boxes = marks[Math.min(wanted.which, marks.length - 1)];
  wanted = null;
  for (const box of document.querySelectorAll(".marks .here")) box.classList.remove("here");
  boxes?.forEach((box) => box.classList.add("here"));
  if (boxes) bring(boxes[0].getBoundingClientRect());
}

// Brings a box into the middle of the stage, unless it is well in view already.
function bring(box) {
  const frame = stage.getBoundingClientRect();
  const foot = isNarrow() && panelShown() ? byId("panel").offsetHeight : 0;
  const height = frame.height - foot;
  const above = box.top - frame.top;
  if (above < 48 || above > height - 96) stage.scrollTop += above - height / 3;
  if (box.left < frame.left + 8 || box.right > frame.right - 8) stage.scrollLeft += box.left - frame.left - frame.width / 3;
}

function show(page, which) {
  wanted = { page, which };
  const drawn = laid.get(page);
  if (drawn?.layer.isConnected) focusOn(drawn.marks);
  else viewer.scrollPageIntoView({ pageNumber: page });
}

function remark() {
  for (const { layer } of laid.values()) layer.remove();
  laid.clear();
  wanted = null;
  for (let number = 1; number <= viewer.pagesCount; number++) mark(number);
  thumbs?.mark(hits.pages);
  keepAddress();
}

const hits = new Hits(opened, { show, changed: remark, say });

// Pages and the address

function goToPage(number) {
  wanted = null;
  hits.left = true;
  viewer.currentPageNumber = Math.min(Math.max(number, 1), viewer.pagesCount || 1);
}

function label(number) {
  return opened.labels[number - 1] ?? String(number);
}

let settling = 0;
function keepAddress() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    history.replaceState(history.state, "", opened.address(opened.page));
    for (const link of document.querySelectorAll("a[data-follows]")) {
      const params = new URLSearchParams(opened.address(opened.page).slice("read?".length));
      params.set("language", link.hreflang);
      link.href = `read?${params}`;
    }
  }, SETTLED);
}

function onPage(number) {
  opened.page = number;
  byId("page").value = label(number);
  byId("page-of").textContent = fill(opened.texts.of, { place: number, count: viewer.pagesCount });
  let here = null;
  for (const link of document.querySelectorAll(".contents a")) {
    link.removeAttribute("aria-current");
    if (Number(link.dataset.page) <= number) here = link;
  }
  here?.setAttribute("aria-current", "true");
  if (here?.offsetParent) here.scrollIntoView({ block: "nearest" });
  thumbs?.current(number);
  keepAddress();
}

function pageNamed(text) {
  const at = opened.labels.findIndex((one) => one.toLowerCase() === text.toLowerCase());
  return at >= 0 ? at + 1 : /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

// Zoom

function onScale() {
  const chosen = byId("scale");
  const value = viewer.currentScaleValue;
  const now = byId("scale-now");
  now.textContent = `${Math.round(viewer.currentScale * 100)} %`;
  const known = [...chosen.options].some((option) => option.value === value && option !== now);
  now.hidden = known;
  chosen.value = known ? value : "custom";
}

function zoom(by) {
  viewer.updateScale({ steps: by });
}

// What is done with it

function listen() {
  bus.on("pagesinit", () => {
    viewer.currentScaleValue = isNarrow() ? "page-width" : "auto";
    goToPage(opened.page);
    byId("waiting").hidden = true;
    const first = hits.on(opened.page);
    if (first >= 0) hits.go(first);
    onPage(opened.page);
  });
  bus.on("pagechanging", ({ pageNumber }) => onPage(pageNumber));
  bus.on("textlayerrendered", ({ pageNumber }) => mark(pageNumber));
  bus.on("pagerendered", ({ pageNumber }) => mark(pageNumber));
  bus.on("scalechanging", onScale);
  byId("page-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const number = pageNamed(byId("page").value.trim());
    if (number) goToPage(number);
    onPage(viewer.currentPageNumber);
  });
  byId("search").addEventListener("input", () => openTab("hits")); // not with the answer: by then one may be elsewhere
  byId("page").addEventListener("focus", (event) => event.target.select());
  byId("page-before").addEventListener("click", () => goToPage(opened.page - 1));
  byId("page-after").addEventListener("click", () => goToPage(opened.page + 1));
  byId("hit-before").addEventListener("click", () => hits.step(-1, opened.page));
  byId("hit-after").addEventListener("click", () => hits.step(1, opened.page));
  byId("smaller").addEventListener("click", () => zoom(-1));
  byId("larger").addEventListener("click", () => zoom(1));
  byId("scale").addEventListener("change", (event) => { viewer.currentScaleValue = event.target.value; });
  document.querySelector(".contents")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goToPage(Number(link.dataset.page));
    link.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  });
  byId("panel").addEventListener("tab", ({ detail }) => {
    if (detail === "thumbs") thumbs?.open();
    if (detail === "contents") document.querySelector(".contents [aria-current]")?.scrollIntoView({ block: "nearest" });
  });
  for (const way of ["wheel", "touchmove"]) stage.addEventListener(way, () => { hits.left = true; }, { passive: true });
  let resizing = 0;
  new ResizeObserver(() => {
    clearTimeout(resizing);
    resizing = setTimeout(() => {
      if (["auto", "page-width", "page-fit"].includes(viewer.currentScaleValue)) viewer.currentScaleValue = String(viewer.currentScaleValue);
    }, 100);
  }).observe(stage);
  listenToKeys({
    hit: (by) => hits.step(by, opened.page), page: (by) => goToPage(opened.page + by), zoom,
    fit: () => { viewer.currentScaleValue = "page-width"; },
    search: () => { showPanel(true); byId("search").focus(); byId("search").select(); },
    panel: () => showPanel(!panelShown()),
    print: () => byId("print").click(),
    leave: () => {
      if (byId("panel").contains(document.activeElement) || document.activeElement === byId("page")) stage.focus();
      if (isNarrow()) showPanel(false);
    },
  });
}

// Two fingers on a screen: the page is drawn anew when they are lifted.
function listenToFingers() {
  let apart = 0;
  let grown = 1;
  const distance = ([one, two]) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
  stage.addEventListener("touchstart", (event) => {
    if (event.touches.length === 2) [apart, grown] = [distance(event.touches), 1];
  }, { passive: true });
  stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !apart) return;
    event.preventDefault();
    const next = distance(event.touches) / apart;
    const origin = [(event.touches[0].clientX + event.touches[1].clientX) / 2, (event.touches[0].clientY + event.touches[1].clientY) / 2];
    if (Math.abs(next / grown - 1) < 0.02) return;
    viewer.updateScale({ scaleFactor: next / grown, origin, drawingDelay: 300 });
    grown = next;
  }, { passive: false });
  stage.addEventListener("touchend", () => { apart = 0; }, { passive: true });
}

listen();
listenToFingers();
try {
  const pdf = await pdfjs.getDocument({
    url: new URL(opened.file, document.baseURI).href, disableAutoFetch: true, disableStream: true, isEvalSupported: false, enableXfa: false,
    cMapUrl: `${parts}cmaps/`, standardFontDataUrl: `${parts}standard_fonts/`, wasmUrl: `${parts}wasm/`, iccUrl: `${parts}iccs/`,
  }).promise;
  thumbs = new Thumbs(pdf, opened, goToPage);
  thumbs.mark(hits.pages);
  viewer.setDocument(pdf);
  links.setDocument(pdf);
  if (!byId("panel-thumbs").hidden) thumbs.open();
} catch (error) {
  console.warn(error);
  tellBroken();
}
document.documentElement.dataset.opened = "true";
