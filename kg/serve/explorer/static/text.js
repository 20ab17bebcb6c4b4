// The fact whose words are marked comes into view in the list beside the text, without moving the page.
const list = document.querySelector(".read");
const here = list?.querySelector(".here");
if (here) list.scrollTop = here.offsetTop - list.clientHeight / 3;
