// Mounts Stripe's Payment Element; the card number goes to Stripe and never to us.
function loadStripe(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.Stripe));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function attach(form) {
  const { library, key, secret, return: returnUrl } = form.dataset;
  const button = form.querySelector("[type='submit']");
  const problem = form.querySelector("[data-card-problem]");
  const unreachable = problem.textContent;
  let Stripe;
  try {
    Stripe = await loadStripe(library);
  } catch {
    // The payment service cannot be reached: the sentence in the page says what else can be done.
    problem.hidden = false;
    return;
  }
  const stripe = Stripe(key, { locale: document.documentElement.lang });
  const elements = stripe.elements({ clientSecret: secret });
  const element = elements.create("payment");
  element.on("ready", () => {
    button.disabled = false;
  });
  element.mount(form.querySelector("[data-card-element]"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.hidden = true;
    // Leaves the page when it goes well; the return page looks at the payment itself.
    const confirmParams = { return_url: returnUrl };
    const { error } = await stripe.confirmPayment({ elements, confirmParams }).catch(() => ({ error: {} }));
    if (error) {
      // What the service says of the card; our own sentence where it says nothing.
      problem.textContent = error.message ?? unreachable;
      problem.hidden = false;
      button.disabled = false;
    }
  });
}

document.querySelectorAll("[data-card]").forEach(attach);
