// Tells the library of a search once its answer has stood for a while, or when one of the works found is opened: so half
// a word is never told. Only what stands in the address is sent, no cookie is made, and whoever asks not to be followed
// (Do Not Track, Global Privacy Control) sends nothing.

const SETTLED = 2000; // milliseconds: who types goes on sooner, who reads takes longer
const LEFT_OUT = ["page", "per_page", "sort"]; // another order or page of an answer is no other search
const silent = navigator.doNotTrack === "1" || navigator.globalPrivacyControl === true;

const told = new Set();
let standing = null;
let later = 0;

// The search that the page shows; null while it is another page, everything at once, or an answer on its way.
function answered() {
  if (library.pageOf(location) !== "" || !document.querySelector(".stHtml .answer-count")) return null;
  if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning") return null;
  return asked();
}

function asked() {
  const params = new URLSearchParams(location.search);
  for (const name of LEFT_OUT) params.delete(name);
  const search = params.toString();
  params.delete("ui");
  return params.toString() ? search : null;
}

function tell(search) {
  if (!search || told.has(search)) return;
  told.add(search);
  fetch("./searched", { method: "POST", body: search, keepalive: true, headers: { "Content-Type": "text/plain" } }).catch(() => {});
}

// Begins anew with every other search; an answer that is still on its way is looked for again a little later.
function watch() {
  const now = library.pageOf(location) === "" ? asked() : null;
  if (now === standing) return;
  standing = now;
  clearTimeout(later);
  if (now) later = setTimeout(settle, SETTLED);
}

function settle() {
  const search = answered();
  if (search === null && standing) later = setTimeout(settle, SETTLED / 4);
  else if (search === standing) tell(search);
}

if (!silent) {
  new MutationObserver(watch).observe(document.getElementById("root"), { childList: true, subtree: true });
  addEventListener("popstate", watch);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".stHtml .cards a[href]")) tell(answered());
  }, { capture: true });
  watch();
}
