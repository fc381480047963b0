// Stripe.js at the network's edge: a field where Stripe's own frame would be, and its three answers.
window.Stripe = (key, options) => ({
  elements: ({ clientSecret }) => ({
    create: () => ({
      on: (name, tell) => setTimeout(tell, 0),
      mount: (place) => {
        place.innerHTML = "<label>Card <input id='fake-card'></label>";
        place.dataset.seen = [key, options.locale, clientSecret].join(" ");
      },
    }),
  }),
  confirmPayment: async ({ confirmParams }) => {
    switch (document.getElementById("fake-card").value) {
      case "declined":
        return { error: { message: "Your card was declined." } };
      case "broken":
        throw new Error("no answer");
      default:
        location.href = `${confirmParams.return_url}?redirect_status=succeeded`;
        return new Promise(() => {});
    }
  },
});
