// A file that is dropped on a page with one box for files is put into that box and sent at once: nothing is kept by the
// page it leads to before somebody says so there. Without this file one chooses and presses, which stays possible.
const form = document.querySelector('form[data-drop]');
const box = form?.querySelector('input[type=file]');
const said = form?.querySelector('[data-drop-said]');
const chinese = document.documentElement.lang.startsWith('zh');

if (form && box && said) {
  said.hidden = false;
  let inside = 0;
  const over = (on) => form.classList.toggle('over', on);
  const withFiles = (act) => (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Beside the box as well: else the browser opens the file and leaves the page.
    event.preventDefault();
    act(event.dataTransfer.files);
  };
  addEventListener(
    'dragenter',
    withFiles(() => over(++inside > 0)),
  );
  addEventListener(
    'dragleave',
    withFiles(() => over(--inside > 0)),
  );
  addEventListener(
    'dragover',
    withFiles(() => {}),
  );
  addEventListener('drop', withFiles(take));
  function take(files) {
    inside = 0;
    over(false);
    if (files.length !== 1) {
      said.textContent = chinese ? '一次传一个文件，请只拖一个。' : 'One file at a time, please.';
      return;
    }
    box.files = files;
    said.textContent = chinese ? `正在传 ${files[0].name} ……` : `Sending ${files[0].name} …`;
    form.requestSubmit();
  }
}
