// What the page can do beyond being read; without it the page is whole.
document.documentElement.classList.add("js");
