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

// Back to the search one came from, with its place on the page; without one, the link leads to the same search.
document.getElementById("back").addEventListener("click", (event) => {
  const from = document.referrer ? new URL(document.referrer) : null;
  const home = new URL("./", location.href);
  if (from?.origin === home.origin && from.pathname === home.pathname && history.length > 1) {
    event.preventDefault();
    history.back();
  }
});
