// A film stands behind a link to its page; a click puts the player in its place, so nothing is asked before.
for (const door of document.querySelectorAll("a[data-player]")) {
  door.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.className = "film__player";
    player.src = door.dataset.player;
    player.title = door.dataset.title;
    player.allow = "fullscreen; autoplay";
    player.referrerPolicy = "strict-origin";
    door.replaceWith(player);
    player.focus();
  });
}
