// Links within the page change the search without loading everything again; without this script they still work.

const announcer = document.getElementById("announcer");

function plainClick(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);
}

// Streamlit reads the address anew when the browser goes through its history: a step made here is such a step.
function show(address) {
  if (address.search !== location.search) history.pushState({}, "", address);
  const language = address.searchParams.get("ui");
  if (language) document.documentElement.lang = language;
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".stHtml a[href]") : null;
  if (!link || !plainClick(event)) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin) return;
  if (/\/files\/.+\.pdf$/.test(address.pathname)) {
    event.preventDefault(); // beside the search, not instead of it; Streamlit takes the attribute `target` out
    window.open(address, "_blank", "noopener");
  } else if (address.pathname === location.pathname && !address.hash) {
    event.preventDefault();
    show(address);
  }
});

// The count is drawn anew with every answer; only a region that was there before is read aloud when its words change.
function announce() {
  const words = document.querySelector("[data-announce]")?.textContent ?? "";
  if (announcer.textContent !== words) announcer.textContent = words;
}

// Streamlit names a box by its Markdown source, signs and all: let it be called what it shows.
function nameBoxes() {
  for (const box of document.querySelectorAll('[data-testid="stCheckbox"]')) {
    const input = box.querySelector("input");
    const words = box.querySelector("p")?.textContent;
    if (input && words && input.getAttribute("aria-label") !== words) input.setAttribute("aria-label", words);
  }
}

new MutationObserver(() => {
  announce();
  nameBoxes();
}).observe(document.getElementById("root"), { childList: true, subtree: true, characterData: true });
