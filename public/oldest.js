// Says in a plain sentence that a browser is too old for the page, in words that even such a browser reads: nothing here
// is younger than 2011. Newer ones read it and do nothing.
(function () {
  var told = document.querySelector('script[data-oldest]');
  var oldest = Number(told.getAttribute('data-oldest'));
  var found = /(?:Chrome|Chromium)\/(\d+)/.exec(navigator.userAgent);
  var version = found ? Number(found[1]) : null;

  // Who calls itself no Chromium is asked for what the page cannot do without.
  function isTooOld() {
    if (version !== null) return version < oldest;
    return (
      !('structuredClone' in window) ||
      !Array.prototype.findLast ||
      !('CSS' in window) ||
      !CSS.supports('selector(:has(a))')
    );
  }
  if (!isTooOld()) return;

  var chinese = document.documentElement.lang.indexOf('zh') === 0;
  var named = version === null ? '' : chinese ? '（Chrome ' + version + '）' : ' (Chrome ' + version + ')';
  var says = document.createElement('p');
  says.id = 'too-old';
  says.setAttribute('role', 'alert');
  says.appendChild(
    document.createTextNode(
      chinese
        ? '这个浏览器太旧' +
            named +
            '，本页面要用 ' +
            oldest +
            ' 或更新的内核。手机请升级“Android System WebView”或 Chrome；Windows 7 请装 Chrome 109。已经存下的不会丢。现在可以'
        : 'This browser is too old' +
            named +
            ': the page needs Chromium ' +
            oldest +
            ' or newer. On a phone update “Android System WebView” or Chrome; on Windows 7 install Chrome 109. What is kept is not lost. Meanwhile you can ',
    ),
  );
  var plain = document.createElement('a');
  plain.href = told.getAttribute('data-plain');
  plain.appendChild(document.createTextNode(chinese ? '用简单页面办理' : 'work with the plain pages'));
  says.appendChild(plain);
  says.appendChild(document.createTextNode(chinese ? '。' : '.'));
  document.body.insertBefore(says, document.body.firstChild);
})();
