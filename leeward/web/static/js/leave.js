// Leave this page: covers the page at once, then puts another site in its place, so that "back" does not lead here.
// Without scripts the link does the same without the cover. Shift, pressed three times by itself within five seconds, does it too.
// What here.js has kept in this browser goes as well, and also when she signs out; the copy of Help now only here.

const PRESSES = 3;
const WINDOW_MS = 5000;

const link = document.querySelector("[data-leave-main]");
const dots = link?.querySelector(".exits__dots");
const marks = dots?.querySelectorAll("circle") ?? [];
const said = document.querySelector("[data-leave-said]");

let alone = false; // Shift is down and nothing else has been pressed with it
let presses = [];
let timer = 0;
let left = false;

// What here.js has kept in this browser goes with it.
function forgetHere() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("kept:")) localStorage.removeItem(name);
  } catch {
    // a browser that stores nothing has nothing to forget
  }
}

function forgetHelp() {
  const found = navigator.serviceWorker?.getRegistration("/help/");
  found?.then((kept) => kept?.active?.postMessage("forget")).catch(() => {}); // nothing is kept where nothing can be
}

function leave() {
  if (left) return;
  left = true;
  forgetHere();
  forgetHelp();
  const cover = document.createElement("div");
  cover.className = "cover";
  const words = document.createElement("p");
  words.className = "visually-hidden";
  words.setAttribute("role", "alert");
  words.textContent = link.dataset.leaving;
  cover.append(words);
  document.body.append(cover);
  document.documentElement.classList.add("leaving");
  document.title = link.dataset.title;
  window.location.replace(link.href);
}

function show(count) {
  dots.hidden = count === 0;
  marks.forEach((mark, at) => mark.classList.toggle("is-on", at < count));
}

function forget(words) {
  clearTimeout(timer);
  if (presses.length) said.textContent = words;
  presses = [];
  show(0);
}

function pressed(now) {
  presses = [...presses.filter((then) => now - then < WINDOW_MS), now];
  show(presses.length);
  clearTimeout(timer);
  if (presses.length >= PRESSES) {
    leave();
    return;
  }
  said.textContent = presses.length === 1 ? link.dataset.two : link.dataset.one;
  timer = setTimeout(() => forget(link.dataset.stopped), WINDOW_MS);
}

function keyDown(event) {
  if (event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey) {
    if (!event.repeat) alone = true;
  } else {
    alone = false;
    forget("");
  }
}

function keyUp(event) {
  if (event.key === "Shift" && alone) pressed(event.timeStamp);
  alone = false;
}

if (link) {
  for (const way of document.querySelectorAll("[data-leave]")) {
    way.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  document.addEventListener("keydown", keyDown);
  document.addEventListener("keyup", keyUp);
  // Shift held for a click or a selection is not a wish to leave.
  document.addEventListener("pointerdown", () => {
    alone = false;
  });
  // A browser that brings the page back from its memory brings it back covered, and is sent away again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && left) window.location.replace(link.href);
  });
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-signs-out]")) forgetHere();
});
