// Keeps what is being written: a form with `data-keep-url` is sent there quietly, a moment after the last key, and once
// more before it is sent for good, so that what a broken line swallows is never the only copy.
//
// The server answers with JSON: {"stamp": …, "ref": …} or {"unsent": …} when the words are kept (the form's hidden inputs
// of these names take them over; a stamp of 0 says that there was nothing to keep), or 409 and {"message": …} when they
// were changed somewhere else meanwhile; then nothing more is sent until the writer presses the button herself, so that
// neither text replaces the other unseen. The line with `data-keep-state` says where things stand, and holds all the
// words for it. here.js hears of it by the form's events `keep:kept` and `keep:sending`.

const PAUSE_MS = 1500;
const AGAIN_MS = 15000;
const GIVE_UP_MS = 10000;
const LAST_BYTES = 60000; // browsers carry no more than 64 KiB for a page that is going away
const STAMPS = ["stamp", "ref", "unsent"];

class Keeper {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-keep-state]");
    this.timer = 0;
    this.sending = null; // the send that is on its way
    this.changed = false;
    this.stopped = false;
    this.offline = false;
    this.leaving = false; // the button was pressed: what is left is kept first
    this.passes = false; // all that could be kept is: the browser sends the form
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.now());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.leaving = this.passes = this.stopped = false;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.now();
    });
  }

  // Say it once: a line that repeats itself would be read aloud at every pause.
  say(words) {
    if (words && this.line && this.line.textContent !== words) this.line.textContent = words;
  }

  later(pause = PAUSE_MS) {
    this.changed = true;
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.now(), pause);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  // A send that is on its way changes the stamp: the form waits for it, or it would look changed somewhere else. Without
  // a line nothing is sent at all, since the browser would put an error in the place of her words.
  async submit(event) {
    if (this.passes) return;
    event.preventDefault();
    if (this.leaving) return; // a second press of the button
    this.leaving = true;
    const button = event.submitter;
    await new Promise((go) => setTimeout(go)); // a browser sends no form while it still asks about sending it
    while (this.sending) await this.sending;
    await this.now();
    this.leaving = false;
    if (this.offline || !navigator.onLine) {
      this.offline = true;
      this.say(this.line?.dataset.offline);
      return;
    }
    this.passes = true;
    this.stop();
    this.form.dispatchEvent(new Event("keep:sending"));
    this.form.requestSubmit(button);
  }

  async now() {
    clearTimeout(this.timer);
    if (this.stopped || this.sending || !(this.changed || this.offline)) return;
    this.sending = this.keep();
    await this.sending;
    this.sending = null;
    if (this.changed && !this.leaving) this.later(this.offline ? AGAIN_MS : PAUSE_MS);
  }

  async keep() {
    this.changed = false;
    const said = new CustomEvent("keep:asked", { detail: {} }); // here.js notes what is sent
    this.form.dispatchEvent(said);
    try {
      const response = await this.send();
      this.offline = false;
      await this.heard(response, said.detail);
    } catch {
      this.offline = this.changed = true;
      this.say(this.line?.dataset.offline);
    }
  }

  send() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
    body.append("to", new URL(this.form.action).pathname);
    body.append("page", window.location.pathname);
    return fetch(this.form.dataset.keepUrl, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      keepalive: document.visibilityState === "hidden" && body.toString().length < LAST_BYTES,
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
  }

  take(answer) {
    for (const name of STAMPS) {
      const input = this.form.elements.namedItem(name);
      if (input && (answer[name] || answer[name] === 0)) input.value = answer[name] || (name === "unsent" ? 0 : input.value);
    }
  }

  async heard(response, sent) {
    const answer = await response.json().catch(() => null);
    // A redirect that we do not follow is the way to sign-in. Refused with a page and no answer: this one is too old.
    const refused = response.status === 403;
    if (response.type === "opaqueredirect" || response.status === 401 || refused) {
      this.stop();
      this.say(refused && !answer ? this.line?.dataset.failed : this.line?.dataset.signedOut);
      return;
    }
    if (response.ok && answer) {
      this.take(answer);
      this.form.dispatchEvent(new CustomEvent("keep:kept", { detail: sent }));
      if (answer.stamp || answer.unsent) this.say(answer.message ?? this.line?.dataset.saved);
    } else {
      if (response.status === 409) this.stop();
      this.say(answer?.message ?? this.line?.dataset.failed);
    }
  }
}

for (const form of document.querySelectorAll("form[data-keep-url]")) new Keeper(form);
