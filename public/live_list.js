// A list of the desk that keeps itself up to date: when the feed tells of something it is about, the page is asked for again
// and the list put in the old one's place. Without this file the list is as fresh as the page.
const list = document.getElementById('live');
const says = document.getElementById('live-says');
const chinese = document.documentElement.lang.startsWith('zh');
const about = (list?.dataset.about ?? '').split(' ');
/** A burst of entries is one look. */
const PAUSE_MS = 400;
const AGAIN_MS = 5000;
let planned = 0;

function plan(ms = PAUSE_MS) {
  if (planned === 0) planned = setTimeout(refresh, ms);
}

function tell(isOpen) {
  says.className = isOpen ? 'soft small' : 'near small';
  if (isOpen) says.textContent = chinese ? '● 实时：新留言自己出现' : '● live: new messages appear by themselves';
  else
    says.textContent = chinese
      ? '○ 连接断了，正在重连；现在看到的可能不全'
      : '○ disconnected, trying again; this may not be all';
}

async function refresh() {
  planned = 0;
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) {
    tell(false);
    plan(AGAIN_MS);
    return;
  }
  tell(true);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
  if (!fresh || fresh.innerHTML === list.innerHTML) return;
  // Whoever goes through the list by keyboard stays where they are.
  const held = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  list.replaceChildren(...fresh.childNodes);
  if (held) list.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
}

if (list && says) {
  const source = new EventSource('/api/live');
  const isOpen = () => navigator.onLine && source.readyState === EventSource.OPEN;
  let wasOpen = false;
  const look = () => {
    // What happened while nobody listened is there after the next look.
    if (isOpen() && !wasOpen) plan();
    wasOpen = isOpen();
    tell(wasOpen);
  };
  source.onopen = look;
  source.onerror = look;
  window.addEventListener('offline', look);
  window.addEventListener('online', look);
  source.onmessage = ({ data }) => {
    if (about.includes(JSON.parse(data).recordKind)) plan();
  };
}
