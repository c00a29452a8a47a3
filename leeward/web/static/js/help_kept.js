// Keeps the help pages that are opened here, unless she said no: docs/decisions/0040-help-now.md.

const NO = "help-not-kept";
const line = document.querySelector("[data-worker]");
const worker = navigator.serviceWorker;

function show(isKept) {
  line.hidden = false;
  for (const part of line.querySelectorAll("[data-kept]")) part.hidden = (part.dataset.kept === "yes") !== isKept;
}

async function keep() {
  localStorage.removeItem(NO);
  worker.onmessage = () => show(true);
  await worker.register(line.dataset.worker);
  (await worker.ready).active.postMessage("keep");
}

async function forget() {
  localStorage.setItem(NO, "");
  const kept = await worker.getRegistration();
  (kept?.active ?? kept?.waiting ?? kept?.installing)?.postMessage("forget");
  show(false);
}

async function begin() {
  line.querySelector("button[data-kept=yes]").addEventListener("click", forget);
  line.querySelector("button[data-kept=no]").addEventListener("click", keep);
  const saidNo = localStorage.getItem(NO) !== null;
  if (saidNo || worker.controller) show(!saidNo); // who controls this page has kept it on its way
  else await keep();
}

if (line && worker) begin().catch(() => {}); // a browser that keeps nothing has the page all the same
