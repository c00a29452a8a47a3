// Keeps what is being written: a form with `data-keep-url` is sent there quietly, a moment after the last key.
//
// The server answers with JSON: {"stamp": …, "ref": …} when the words are kept (the form's hidden inputs of these names take them
// over; a stamp of 0 says that there was nothing to keep), or 409 and {"message": …} when they were changed somewhere else
// meanwhile; then nothing more is sent until the writer presses the button herself, so that neither text replaces the other unseen. The line with `data-keep-state` says where things stand, and holds all the words for it.

const PAUSE_MS = 1500;
const AGAIN_MS = 15000;
const GIVE_UP_MS = 10000;

class Keeper {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-keep-state]");
    this.timer = 0;
    this.sending = false;
    this.changed = false;
    this.stopped = false;
    this.after = null; // what waits until a send has come back
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.now());
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

  // A send that is still on its way changes the stamp: the form waits for it, or it would look changed somewhere else.
  submit(event) {
    this.stop();
    if (!this.sending) return;
    event.preventDefault();
    this.after = () => this.form.requestSubmit(event.submitter);
  }

  async now() {
    clearTimeout(this.timer);
    if (this.stopped || this.sending || !this.changed) return;
    this.sending = true;
    this.changed = false;
    let pause = PAUSE_MS;
    try {
      await this.heard(await this.send());
    } catch {
      this.say(this.line?.dataset.offline);
      this.changed = true;
      pause = AGAIN_MS;
    } finally {
      this.sending = false;
      if (this.after) this.after();
      else if (this.changed) this.later(pause);
    }
  }

  send() {
    const words = new FormData(this.form);
    for (const input of this.form.querySelectorAll('input[type="file"]')) words.delete(input.name); // sent once, by the button
    return fetch(this.form.dataset.keepUrl, {
      method: "POST",
      body: words,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
  }

  take(answer) {
    for (const name of ["stamp", "ref"]) {
      const input = this.form.elements.namedItem(name);
      if (input && answer[name]) input.value = answer[name];
    }
  }

  async heard(response) {
    // A redirect that we do not follow is the way to sign-in.
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.stop();
      this.say(this.line?.dataset.signedOut);
      return;
    }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) {
      this.take(answer);
      if (answer.stamp) this.say(answer.message ?? this.line?.dataset.saved);
    } else {
      if (response.status === 409) this.stop();
      this.say(answer.message ?? this.line?.dataset.failed);
    }
  }
}

for (const form of document.querySelectorAll("form[data-keep-url]")) new Keeper(form);
