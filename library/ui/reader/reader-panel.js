// The panel beside the document: shown or not, and its tabs. On a narrow screen it is a sheet over the document.

const panel = document.getElementById("panel");
const opener = document.getElementById("panel-button");
const narrow = matchMedia("(max-width: 767px)");
const tabs = [...panel.querySelectorAll("[role=tab]")].filter((tab) => tab.offsetParent !== null || !document.body.classList.contains("bare"));

export function showPanel(yes) {
  document.body.classList.toggle("panel-shut", !yes);
  opener.setAttribute("aria-expanded", String(yes));
}

export function panelShown() {
  return !document.body.classList.contains("panel-shut");
}

export function isNarrow() {
  return narrow.matches;
}

export function openTab(name) {
  for (const tab of tabs) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  panel.dispatchEvent(new CustomEvent("tab", { detail: name }));
}

panel.querySelector("[role=tablist]").addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) openTab(tab.id.slice("tab-".length));
});
panel.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const at = tabs.indexOf(document.activeElement);
  if (!step || at < 0) return;
  const way = getComputedStyle(panel).direction === "rtl" ? -step : step;
  const next = tabs[(at + way + tabs.length) % tabs.length];
  openTab(next.id.slice("tab-".length));
  next.focus();
});

opener.addEventListener("click", () => {
  showPanel(!panelShown());
  if (panelShown() && isNarrow()) document.getElementById("panel-close").focus();
});
document.getElementById("panel-close").addEventListener("click", () => {
  showPanel(false);
  opener.focus();
});
// On a narrow screen the document comes first; a place chosen there is looked at in the document.
panel.addEventListener("chosen", () => isNarrow() && showPanel(false));
showPanel(!isNarrow());
narrow.addEventListener("change", () => showPanel(!isNarrow()));

// Back to where one came from, with its place on the page; without such a page, the link leads to the same search.
// Another language is another document, which was opened from this one: the address is kept beyond it, in this tab.

const KEPT = "library-came-from";
const back = document.getElementById("back");
const home = new URL("./", location.href);

function ours(address) {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.origin === home.origin && url.pathname.startsWith(home.pathname) ? url : null;
}

function isAnotherPage(url) {
  const name = url.pathname.slice(home.pathname.length);
  return name !== "read" && !name.includes("/");
}

function cameFrom(last) {
  try {
    if (last && !isAnotherPage(last)) return ours(sessionStorage.getItem(KEPT));
    if (last) sessionStorage.setItem(KEPT, last.href);
    else sessionStorage.removeItem(KEPT);
  } catch { /* a browser that keeps nothing: the link stays as it is */ }
  return last;
}

const last = ours(document.referrer);
const kept = cameFrom(last);
if (kept && isAnotherPage(kept)) back.href = kept.href;
back.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!last || !isAnotherPage(last) || history.length < 2) return;
  event.preventDefault();
  history.back();
});
