/* Old browsers read this too. It says what is wrong where the file cannot be shown, with the tables as they are. */
(function () {
  var root = document.documentElement;
  var able = "DecompressionStream" in window && "ResizeObserver" in window && Array.prototype.at && "noModule" in document.createElement("script");
  window.siteFails = function (why) {
    if (!able) why = "old";
    if (root.className.indexOf("fails") >= 0) return;
    root.className += " fails fails-" + why;
    var plain = document.getElementById("plain"), failed = document.getElementById("failed");
    var tables = document.createElement("div");
    tables.className = "plain";
    tables.innerHTML = plain ? plain.textContent : "";
    document.body.insertBefore(tables, failed ? failed.nextSibling : null);
  };
  window.addEventListener("load", function () {
    if (!able || !document.getElementById("end") || !window.atlasSite) window.siteFails("damaged");
  });
})();
