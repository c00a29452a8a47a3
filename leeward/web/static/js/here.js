// Keeps what is being written in this browser too, if its writer chose so, and puts it back. What it stores is sealed with a
// key that the server gives only to her while she is signed in; docs/decisions/0032 says why, and when it goes.
//
// In localStorage: `kept:<ref>` says that copies are sealed with the key of this ref; `kept:<ref>:<name>` is the copy of one
// form, where the name is a digest of key and address, so that nothing shows to what she writes.

const STORE = "kept:";
const LASTS_MS = 14 * 24 * 60 * 60 * 1000;
const PAUSE_MS = 400;
const choice = document.querySelector("template[data-keep-here]");
const found = document.querySelector("template[data-keep-found]");
const forms = [...document.querySelectorAll("form[data-keep-url]")];

const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const names = () => Object.keys(localStorage).filter((name) => name.startsWith(STORE));

function forget(ref) {
  for (const name of names()) if (name === STORE + ref || name.startsWith(`${STORE}${ref}:`)) localStorage.removeItem(name);
}

// What is older than it may be goes, whoever is signed in.
function tidy() {
  for (const name of names()) {
    const at = name.split(":").length > 2 ? JSON.parse(localStorage.getItem(name)).at : 0;
    if (at && Date.now() - at > LASTS_MS) localStorage.removeItem(name);
  }
}

async function ask(fields) {
  const body = new URLSearchParams(fields);
  body.append("csrfmiddlewaretoken", forms[0].elements.namedItem("csrfmiddlewaretoken").value);
  const response = await fetch(choice.dataset.url, { method: "POST", body, credentials: "same-origin" });
  return response.ok ? response.json() : {};
}

// The copies that one key seals.
class Copies {
  static async with({ ref, key }) {
    const copies = new Copies();
    copies.ref = ref;
    copies.secret = toBytes(key);
    copies.key = await crypto.subtle.importKey("raw", copies.secret, "AES-GCM", false, ["encrypt", "decrypt"]);
    localStorage.setItem(STORE + ref, "");
    return copies;
  }

  async name(form) {
    const path = new TextEncoder().encode(new URL(form.action).pathname);
    const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([...this.secret, ...path]));
    return `${STORE}${this.ref}:${toText(new Uint8Array(digest)).slice(0, 16)}`;
  }

  // Once she has signed out or left in another tab the mark of the key is gone, and nothing more is stored.
  async write(form, copy) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(copy));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain));
    const name = await this.name(form);
    if (localStorage.getItem(STORE + this.ref) === null) throw new Error("ended elsewhere");
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), iv: toText(iv), sealed: toText(sealed) }));
  }

  async read(form) {
    const kept = JSON.parse(localStorage.getItem(await this.name(form)));
    if (!kept) return null;
    const how = { name: "AES-GCM", iv: toBytes(kept.iv) };
    const plain = await crypto.subtle.decrypt(how, this.key, toBytes(kept.sealed));
    return { at: kept.at, ...JSON.parse(new TextDecoder().decode(plain)) };
  }

  async drop(form) {
    localStorage.removeItem(await this.name(form));
  }
}

// What she can change in a form, by name. What others wrote is not kept (`data-of-others`): they may take it back meanwhile.
const inputs = (form) =>
  [...form.elements].filter(
    (one) => one.name && !["hidden", "submit", "button", "file"].includes(one.type) && !one.matches("[data-of-others]"),
  );

function wordsOf(form) {
  const words = {};
  for (const one of inputs(form)) {
    const ticked = one.type === "checkbox" || one.type === "radio";
    if (!ticked || one.checked) (words[one.name] ??= []).push(one.value);
  }
  return words;
}

function putInto(form, words) {
  const left = structuredClone(words);
  for (const one of inputs(form)) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = (left[one.name] ?? []).includes(one.value);
    else one.value = left[one.name]?.shift() ?? "";
  }
  form.dispatchEvent(new Event("input", { bubbles: true })); // so that it reaches the server as well
}

const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);
const isEmpty = (form) => inputs(form).every((one) => !one.matches("textarea, input[type=text]") || !one.value.trim());
const texts = (form, words) =>
  inputs(form).filter((one) => one.matches("textarea, input[type=text]")).flatMap((one) => words[one.name] ?? []);

// One form: its choice, and what is kept of it here.
class Here {
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.timer = 0;
    const line = form.querySelector("[data-keep-state]");
    this.box = choice.content.firstElementChild.cloneNode(true);
    line.after(this.box);
    this.tick = this.box.querySelector("[data-here-choice]");
    this.tick.addEventListener("change", (event) => {
      event.stopPropagation(); // it is no word of hers
      page.choose(this.tick.checked);
    });
    this.tick.addEventListener("input", (event) => event.stopPropagation());
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("keep:asked", (event) => (event.detail.words = wordsOf(form)));
    form.addEventListener("keep:kept", (event) => this.kept(event.detail.words));
    form.addEventListener("keep:sending", () => this.copy(true));
  }

  say(words) {
    this.box.querySelector("[data-here-says]").textContent = words;
  }

  later() {
    clearTimeout(this.timer);
    if (this.page.copies) this.timer = setTimeout(() => this.copy(), PAUSE_MS);
  }

  // Words that the server has as well are not kept here.
  async copy(sending = false) {
    clearTimeout(this.timer);
    const words = wordsOf(this.form);
    if (!this.page.copies || same(words, this.safe)) return;
    try {
      await this.page.copies.write(this.form, { words, sending });
    } catch {
      this.say(this.box.querySelector("[data-here-says]").dataset.failed);
    }
  }

  async kept(words) {
    this.safe = words;
    if (this.page.copies && same(words, wordsOf(this.form))) {
      clearTimeout(this.timer);
      await this.page.copies.drop(this.form);
    }
  }

  async open() {
    const copies = this.page.copies;
    this.tick.checked = Boolean(copies);
    this.safe = wordsOf(this.form);
    const copy = copies && (await copies.read(this.form).catch(() => null));
    if (!copy) return;
    if (same(copy.words, this.safe)) copies.drop(this.form);
    else this.show(copy, copy.sending ? "sending" : isEmpty(this.form) ? "back" : "other");
  }

  // Say what was found. Into an empty form it is put back at once; else she decides.
  show(copy, which) {
    const note = found.content.firstElementChild.cloneNode(true);
    const words = note.querySelector(`[data-found=${which}]`);
    const language = document.documentElement.lang; // the browser's own form of it writes days as she does
    const tongue = navigator.languages.find((one) => one.startsWith(language)) ?? language;
    const when = new Date(copy.at).toLocaleString(tongue, { dateStyle: "long", timeStyle: "short" });
    words.textContent = words.textContent.replace("[when]", when);
    words.hidden = false;
    const before = this.safe;
    note.querySelector("[data-found-away]").addEventListener("click", () => this.done(note, which === "back" ? before : null));
    if (which === "back") {
      putInto(this.form, copy.words);
    } else {
      note.querySelector("textarea").value = texts(this.form, copy.words).join("\n\n");
      note.querySelector("[data-found-words]").hidden = false;
      const take = note.querySelector("[data-found-take]");
      take.hidden = false;
      take.addEventListener("click", () => this.done(note, copy.words));
    }
    this.form.before(note);
    const closed = this.form.closest("details");
    if (closed) closed.open = true;
  }

  async done(note, words) {
    note.remove();
    await this.page.copies.drop(this.form);
    if (words) putInto(this.form, words);
    this.form.querySelector("textarea").focus();
  }
}

class Page {
  constructor() {
    this.copies = null;
    this.forms = forms.map((form) => new Here(form, this));
  }

  async open() {
    tidy();
    const refs = names().filter((name) => name.split(":").length === 2).map((name) => ["ref", name.slice(STORE.length)]);
    const key = refs.length ? await ask(refs) : {};
    this.copies = key.key ? await Copies.with(key) : null;
    for (const form of this.forms) await form.open();
  }

  async choose(wanted) {
    try {
      if (this.copies) forget(this.copies.ref);
      this.copies = null;
      const key = await ask([["choice", wanted ? "begin" : "end"]]);
      this.copies = wanted ? await Copies.with(key) : null;
    } catch {
      for (const form of this.forms) form.say(form.box.querySelector("[data-here-says]").dataset.failed);
    }
    for (const form of this.forms) {
      form.tick.checked = Boolean(this.copies);
      form.copy();
    }
  }
}

// A browser that can neither seal nor store is not asked.
function isAble() {
  try {
    return Boolean(choice && forms.length && crypto.subtle && localStorage);
  } catch {
    return false;
  }
}

if (isAble()) new Page().open().catch(() => {});
