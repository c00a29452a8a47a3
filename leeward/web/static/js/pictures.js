// Photos: open a covered one in its place, and say by itself when one that is being prepared is ready.
//
// A cover is a link that works without this: it opens the same page with the photo in it. Here the photo comes in place of the link,
// so that nothing that was being written on the page is lost. It is not fetched before.
//
// A region with `data-preparing` and an id is looked at again every few seconds, until the page from the server has it without.

const LOOK_AGAIN_MS = 3000;
const LOOKS = 100;

function open(cover) {
  const { src, srcset, sizes, width, height, alt } = cover.dataset;
  const image = new Image(Number(width), Number(height));
  image.className = "picture__image";
  image.alt = alt;
  image.tabIndex = -1;
  image.sizes = sizes;
  image.srcset = srcset;
  image.src = src;
  cover.replaceWith(image);
  image.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const cover = event.target.closest?.("[data-cover]");
  if (!cover || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  open(cover);
});

async function lookAgain(left) {
  const waiting = document.querySelectorAll("[data-preparing]");
  if (!waiting.length || !left) return;
  try {
    const response = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const region of waiting) {
      const now = page.getElementById(region.id);
      if (now && !("preparing" in now.dataset)) region.replaceWith(document.importNode(now, true));
    }
  } catch {
    // No network, or signed out: what is written on the page stays, and a reload shows how it stands.
  }
  setTimeout(lookAgain, LOOK_AGAIN_MS, left - 1);
}

setTimeout(lookAgain, LOOK_AGAIN_MS, LOOKS);
