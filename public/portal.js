// Offers the device's own position where there is one, and keeps what was typed while there is no network and while the
// page changes its letters, colours or language. Without this file the pages work all the same.
const box = document.getElementById('locate');
const button = document.getElementById('locate-button');
const said = document.getElementById('locate-said');
const chinese = document.documentElement.lang.startsWith('zh');

if (box && navigator.geolocation && window.isSecureContext) {
  box.hidden = false;
  button.addEventListener('click', () => {
    said.textContent = chinese ? '正在定位……' : 'Looking …';
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15000 });
  });
}

async function found({ coords }) {
  document.getElementById('lon').value = coords.longitude;
  document.getElementById('lat').value = coords.latitude;
  document.getElementById('accuracyM').value = Math.round(coords.accuracy);
  const answer = await fetch(`/api/locate?lon=${coords.longitude}&lat=${coords.latitude}`).catch(() => null);
  const place = answer?.ok ? await answer.json() : null;
  const name = place ? place.area.path.slice(-2).join(' ') : chinese ? '位置已记下' : 'Position noted';
  said.textContent = `${name}(±${Math.round(coords.accuracy)} m)`;
}

function failed() {
  said.textContent = chinese
    ? '定位不成功，请写明地点或选择社区。'
    : 'No position; please describe the place or choose the community.';
}

const offline = document.getElementById('offline');

offline?.closest('form').addEventListener('submit', (event) => {
  offline.hidden = navigator.onLine;
  if (!navigator.onLine) event.preventDefault();
});
window.addEventListener('online', () => {
  if (offline) offline.hidden = true;
});

// In this tab alone, and no longer than until the next page has it. Passwords and photos are not kept.
const TYPED = 'typed';
const fields = () =>
  [...document.querySelectorAll('main :is(input, textarea, select)[id]')].filter(
    ({ type }) => type !== 'password' && type !== 'file',
  );
const isTicked = ({ type }) => type === 'checkbox' || type === 'radio';

document.querySelector('.looks form')?.addEventListener('submit', () => {
  const typed = fields().map((field) => [field.id, isTicked(field) ? field.checked : field.value]);
  try {
    sessionStorage.setItem(TYPED, JSON.stringify({ path: location.pathname, typed }));
  } catch {
    // A browser that keeps nothing changes the look all the same.
  }
});

function giveBack() {
  const kept = sessionStorage.getItem(TYPED);
  if (kept === null) return;
  sessionStorage.removeItem(TYPED);
  const { path, typed } = JSON.parse(kept);
  // After an act that was refused, the page of the same thing is one step up.
  if (path !== location.pathname && !path.startsWith(`${location.pathname}/`)) return;
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
  }
}

try {
  giveBack();
} catch {
  // Nothing can be kept here, or it was spoilt: the page stands as it came.
}
