// Runs before the first paint: puts the chosen theme and language on <html>, so nothing flashes.
// Both come from preference cookies; without one the system and the browser decide.
(function () {
  function cookie(name) {
    var found = document.cookie.match(new RegExp('(?:^|; )' + name + '=([^;]*)'))
    return found ? decodeURIComponent(found[1]) : ''
  }
  var root = document.documentElement
  var theme = cookie('theme')
  var prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : prefersDark ? 'dark' : 'light'
  var wanted = [cookie('language')].concat(navigator.languages || [navigator.language])
  var language = 'en'
  for (var i = 0; i < wanted.length; i++) {
    var tag = String(wanted[i]).toLowerCase()
    if (tag === '') continue
    if (/^zh-(tw|hk|mo|hant)/.test(tag)) { language = 'zh-TW'; break }
    if (/^zh/.test(tag)) { language = 'zh-CN'; break }
    if (/^en/.test(tag)) { language = 'en'; break }
  }
  root.lang = language
  root.dataset.density = cookie('density') === 'compact' ? 'compact' : 'normal'
})()
