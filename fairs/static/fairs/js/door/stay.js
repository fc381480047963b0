// A page that is open all day is told of a newer one; what it keeps is kept by that one too.
export default async function stay(app) {
  const part = (name) => app.querySelector(`[data-${name}]`);
  if (!("serviceWorker" in navigator)) return;
  let hadOne = navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    part("newer").hidden = !hadOne;
    hadOne = navigator.serviceWorker.controller;
  });
  part("renew").addEventListener("click", () => location.reload());
  await navigator.serviceWorker.register("/worker.js").catch(() => null);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: [location.href], person: app.dataset.person });
  navigator.storage?.persist?.();
}
