// Shows the API's document on its page, without a request to any other server.
(() => {
  const { SwaggerUIBundle } = window;
  SwaggerUIBundle({
    url: '/api/v1/openapi.json',
    dom_id: '#api',
    layout: 'BaseLayout',
    presets: [SwaggerUIBundle.presets.apis],
    validatorUrl: null,
    deepLinking: true,
    persistAuthorization: false,
  });
})();
