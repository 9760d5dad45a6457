// data-send-at-once: the form goes on by itself; its button is for browsers without scripts.
document.querySelector("[data-send-at-once]").submit();
