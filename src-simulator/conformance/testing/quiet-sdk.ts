// Has to be imported before `aws-sdk`, which otherwise warns on every start that its time is over.
process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1'
