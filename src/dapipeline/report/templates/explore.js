// What the page can do beyond being read; without it the page is whole. Data are only ever set as text.
"use strict";
(() => {
{% include "explore/words.js" %}
{% include "explore/state.js" %}
{% include "explore/files.js" %}
{% include "explore/tables.js" %}
{% include "explore/figures.js" %}
{% include "explore/typology.js" %}
{% include "explore/search.js" %}
{% include "explore/contents.js" %}
{% include "explore/start.js" %}
})();
