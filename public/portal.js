// Offers the device's own position where there is one, and keeps what was typed while there is no network. Without this
// file the page works all the same.
const box = document.getElementById('locate');
const button = document.getElementById('locate-button');
const said = document.getElementById('locate-said');
const chinese = document.documentElement.lang.startsWith('zh');

if (navigator.geolocation && window.isSecureContext) {
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

offline.closest('form').addEventListener('submit', (event) => {
  offline.hidden = navigator.onLine;
  if (!navigator.onLine) event.preventDefault();
});
window.addEventListener('online', () => {
  offline.hidden = true;
});
